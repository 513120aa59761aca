using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>Reads the range of a paged search in windows of time.</summary>
/// <param name="source">Plans, counts and fetches windows.</param>
/// <param name="oldestFirst">True to pass their pages on oldest first.</param>
/// <param name="count">The counts of the search.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class PagedWindows(WindowSource source, bool oldestFirst, WalkCount count, SignalLog signals)
{
    /// <summary>Cuts the range. A range that cannot be cut can still be read page by page.</summary>
    /// <param name="pageStrategy">Name of the strategy for pages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan; null if the range is better read page by page.</returns>
    public async Task<FetchPlan?> TryPlanAsync(string pageStrategy, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await source.PlanAsync(cancellationToken).ConfigureAwait(false);
            if (plan is not null)
                signals.Verbose(SignalKind.StrategyChosen, $"strategy {plan.Strategy}: {plan.Reason}");
            return plan;
        }
        catch (Exception e) when (e is IRequestFailure or FormatException or PagingException)
        {
            var why = $"the range cannot be cut into windows: {signals.Clean(Printable.Line(e.Message))}";
            signals.Verbose(SignalKind.StrategyChosen, why);
            return new FetchPlan(pageStrategy, why);
        }
    }

    /// <summary>The walk over the windows.</summary>
    /// <param name="committed">Called for every complete window.</param>
    public WindowWalk Walk(Action<FetchedWindow> committed) => new(
        source.Fetcher,
        (range, token) => count.OfAsync(stop => source.CountAsync(range, stop), token),
        signals,
        committed,
        () => count.Before,
        oldestFirst: oldestFirst);

    /// <summary>The pages of the windows, in the order of the search.</summary>
    /// <param name="windows">The windows, newest first.</param>
    /// <param name="tally">Counts the pages.</param>
    /// <param name="noting">Observes their records.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(IReadOnlyList<TimeWindow> windows, PagedTally tally, RowNoting noting,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inOrder = oldestFirst ? [.. windows.Reverse()] : windows;
        // Records that are fetched ahead of a reader are counted when they are passed on.
        var pages = Walk(static _ => { }).PagesAsync(inOrder, source.Ahead, tally.AddMissing, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            if (page.Items.Count == 0)
                continue;
            var numbered = page with { Next = null, Info = page.Info with { Number = tally.Pages + 1, Total = count.Before, End = null } };
            tally.Add(numbered, noting, count);
            yield return numbered;
        }
        tally.TakesTime();
        var end = new WalkEnd(EndReason.LastPage, "every window is read");
        yield return new Page<Record>([], null, new PageInfo { Number = tally.Pages + 1, Total = count.Before, End = end });
    }
}
