using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>What a search has handed on so far. Windows count into it from several threads at once; pages come one after the other.</summary>
/// <param name="range">The range.</param>
/// <param name="proof">What it is measured against.</param>
/// <param name="gate">Knows the jobs under way.</param>
/// <param name="signals">Knows what was repeated.</param>
/// <param name="progress">Told of every page, window and poll.</param>
internal sealed class SearchTally(PinnedRange range, RangeProof proof, JobGate gate, SignalLog signals, Action<SearchProgress>? progress)
{
    private readonly object _gate = new();
    private long _received;
    private long _missing;
    private long _duplicates;
    private RowNotes _notes;
    private long _pages;

    /// <summary>Events handed on.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>What was noticed about them.</summary>
    public RowNotes Notes
    {
        get
        {
            lock (_gate)
                return _notes;
        }
    }

    /// <summary>Events that the server counted in windows and did not list there.</summary>
    public long Missing => Interlocked.Read(ref _missing);

    /// <summary>Repeated events dropped.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>True when all came in one answer: then nothing can have changed between the count and the end.</summary>
    public bool IsOneAnswer => _pages <= 1;

    /// <summary>Goes on from what an earlier run handed on.</summary>
    public void TakeOver(long received, RowNotes notes, long missing)
    {
        (_received, _notes, _missing) = (received, notes, missing);
        TakesTime();
    }

    /// <summary>Begins the pages, or goes on with them.</summary>
    public void Begin(Checkpoint? from) => _received = from?.Received ?? 0;

    /// <summary>Notes that it takes more than one answer, whatever the number of pages: at the end the range is counted anew.</summary>
    public void TakesTime() => _pages = Math.Max(_pages, 2);

    /// <summary>Counts a page of the around walk.</summary>
    public void Add(Page<EventRecord> page)
    {
        _received += page.Items.Count;
        _pages = Math.Max(_pages, page.Info.Number);
        Interlocked.Add(ref _duplicates, page.Info.Duplicates);
        Add(range.Noting.Of(page, proof.LateFrom));
        Report();
    }

    /// <summary>Counts a window, or a stream, that is whole and kept.</summary>
    public void Add(FetchedWindow window)
    {
        Interlocked.Add(ref _received, window.Rows);
        AddMissing(window.Short);
        Interlocked.Add(ref _duplicates, window.Repeated);
        Add(window.Notes);
        Report();
    }

    /// <summary>Notes events that the server counted in a window and did not list there.</summary>
    public void AddMissing(long missing) => Interlocked.Add(ref _missing, missing);

    /// <summary>Replaces the notes.</summary>
    public void Keep(RowNotes notes)
    {
        lock (_gate)
            _notes = notes;
    }

    /// <summary>Counts a page of windows and gives it its number, as it is handed on.</summary>
    /// <param name="page">The page.</param>
    /// <param name="end">Why the walk ends with it; null when it goes on.</param>
    public Page<EventRecord> Number(Page<EventRecord> page, WalkEnd? end)
    {
        _pages++;
        _received += page.Items.Count;
        Interlocked.Add(ref _duplicates, page.Info.Duplicates);
        Add(range.Noting.Of(page, proof.LateFrom));
        Report();
        return page with { Next = null, Info = page.Info with { Number = _pages, Total = proof.ExpectedNow, End = end } };
    }

    /// <summary>Tells how far the job under way is.</summary>
    public void Poll(QueryResult answer) => Report(answer.Done ? null : answer.Metadata.Progress);

    private void Add(RowNotes notes)
    {
        lock (_gate)
            _notes += notes;
    }

    private void Report(double? job = null) => progress?.Invoke(new SearchProgress(Received, proof.ExpectedNow, _pages, job)
    {
        Jobs = gate.UnderWay,
        Retries = signals.CountOf(SignalKind.Retried) + signals.CountOf(SignalKind.JobRecreated),
    });
}
