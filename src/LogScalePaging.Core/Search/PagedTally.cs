using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>Counts the results of a paged search. Windows add to it from several threads, and pages one after the other.</summary>
/// <param name="signals">Has the number of retries.</param>
/// <param name="progress">Receives every page and every window; null if none is wanted.</param>
internal sealed class PagedTally(SignalLog signals, Action<SearchProgress>? progress)
{
    private readonly object _gate = new();

    /// <summary>Records passed on or saved.</summary>
    public long Received { get; private set; }

    /// <summary>Repeated records dropped.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Observations about the records.</summary>
    public RowNotes Notes { get; private set; }

    /// <summary>Records that the server counted in windows but did not list there.</summary>
    public long Missing { get; private set; }

    /// <summary>Pages. A window counts as two, because something can change while it is read.</summary>
    public long Pages { get; private set; }

    /// <summary>Continues from the results of an earlier run.</summary>
    public void TakeOver(SearchResumption earlier)
    {
        (Received, Notes, Missing) = (earlier.Received, earlier.Notes, earlier.Missing);
        Pages = 2;
    }

    /// <summary>Starts or continues a walk.</summary>
    public void Begin(Checkpoint? from) => Received = from?.Received ?? 0;

    /// <summary>Records that the pages came from more than one answer.</summary>
    public void TakesTime() => Pages = Math.Max(Pages, 2);

    /// <summary>Records what a window lacks.</summary>
    public void AddMissing(long missing) => Missing += missing;

    /// <summary>Replaces the notes.</summary>
    public void Keep(RowNotes notes) => Notes = notes;

    /// <summary>Counts a window that is complete and kept.</summary>
    public void Add(FetchedWindow window, WalkCount count)
    {
        lock (_gate)
        {
            (Received, Notes, Pages) = (Received + window.Rows, Notes + window.Notes, Pages + 2);
            (Duplicates, Missing) = (Duplicates + window.Repeated, Missing + window.Short);
            Report(count);
        }
    }

    /// <summary>Counts a page that is passed on.</summary>
    public void Add(Page<Record> page, RowNoting noting, WalkCount count)
    {
        Received += page.Items.Count;
        Duplicates += page.Info.Duplicates;
        Notes += noting.Of(page, null);
        Pages++;
        count.See(page.Info.Total);
        Report(count);
    }

    private void Report(WalkCount count) => progress?.Invoke(new SearchProgress(Received, count.Before, Pages, null)
    {
        Retries = signals.CountOf(SignalKind.Retried),
    });
}
