using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Walks;

/// <summary>Counts the results of a search. Windows add to it from several threads, and pages one after the other.</summary>
/// <param name="range">The range.</param>
/// <param name="proof">The count to compare with.</param>
/// <param name="gate">Has the number of running jobs.</param>
/// <param name="signals">Has the number of retries.</param>
/// <param name="progress">Receives every page, window and poll.</param>
internal sealed class SearchTally(PinnedRange range, RangeProof proof, JobGate gate, SignalLog signals, Action<SearchProgress>? progress)
{
    private readonly object _gate = new();
    private long _received;
    private long _missing;
    private long _duplicates;
    private RowNotes _notes;
    private long _pages;
    private bool _isOneEvaluation;

    /// <summary>Events passed on.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Observations about them.</summary>
    public RowNotes Notes
    {
        get
        {
            lock (_gate)
                return _notes;
        }
    }

    /// <summary>Events that the server counted in windows but did not list there.</summary>
    public long Missing => Interlocked.Read(ref _missing);

    /// <summary>Repeated events dropped.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    /// <summary>True if one answer held all events. Nothing can then have changed between the count and the end.</summary>
    public bool IsOneAnswer => _pages <= 1 || _isOneEvaluation;

    /// <summary>Continues from the results of an earlier run.</summary>
    public void TakeOver(long received, RowNotes notes, long missing)
    {
        (_received, _notes, _missing) = (received, notes, missing);
        TakesTime();
    }

    /// <summary>Starts or continues the pages.</summary>
    public void Begin(Checkpoint? from) => _received = from?.Received ?? 0;

    /// <summary>Records that more than one answer is needed. The range is then counted again at the end.</summary>
    public void TakesTime() => _pages = Math.Max(_pages, 2);

    /// <summary>Records that one job had all events, which were read in several pages.</summary>
    public void IsOneJob() => _isOneEvaluation = true;

    /// <summary>Counts a page of the around walk.</summary>
    public void Add(Page<Record> page)
    {
        _received += page.Items.Count;
        _pages = Math.Max(_pages, page.Info.Number);
        Interlocked.Add(ref _duplicates, page.Info.Duplicates);
        Add(range.Noting.Of(page, proof.LateFrom));
        Report();
    }

    /// <summary>Counts a window or a stream that is complete and kept.</summary>
    public void Add(FetchedWindow window)
    {
        Interlocked.Add(ref _received, window.Rows);
        AddMissing(window.Short);
        Interlocked.Add(ref _duplicates, window.Repeated);
        Add(window.Notes);
        Report();
    }

    /// <summary>Records events that the server counted in a window but did not list there.</summary>
    public void AddMissing(long missing) => Interlocked.Add(ref _missing, missing);

    /// <summary>Replaces the notes.</summary>
    public void Keep(RowNotes notes)
    {
        lock (_gate)
            _notes = notes;
    }

    /// <summary>Counts a page of windows and numbers it, when it is passed on.</summary>
    /// <param name="page">The page.</param>
    /// <param name="end">Why the walk ends with it; null if it continues.</param>
    public Page<Record> Number(Page<Record> page, WalkEnd? end)
    {
        _pages++;
        _received += page.Items.Count;
        Interlocked.Add(ref _duplicates, page.Info.Duplicates);
        Add(range.Noting.Of(page, proof.LateFrom));
        Report();
        return page with { Next = null, Info = page.Info with { Number = _pages, Total = proof.ExpectedNow, End = end } };
    }

    /// <summary>Reports the progress of the running job.</summary>
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
