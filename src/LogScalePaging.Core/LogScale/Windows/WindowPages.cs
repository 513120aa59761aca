using System.Runtime.CompilerServices;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Windows;

/// <summary>The windows of a range as one walk for somebody who reads along: newest event first, and no more events than were asked for.</summary>
/// <param name="walk">Fetches the windows.</param>
/// <param name="tally">Counts what is handed on, so that a limit is exact.</param>
/// <param name="spec">How many windows at once, and how many events.</param>
internal sealed class WindowPages(WindowWalk walk, SearchTally tally, SearchSpec spec)
{
    /// <summary>The pages. Enumerate once.</summary>
    /// <param name="windows">The windows, newest first.</param>
    /// <param name="cancellationToken">Ends the walk; what was handed on stays good.</param>
    public async IAsyncEnumerable<Page<EventRecord>> ReadAsync(IReadOnlyList<TimeWindow> windows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new Page<EventRecord>([], null, new PageInfo());
        var end = new WalkEnd(EndReason.LastPage, "every window is read");
        await foreach (var page in walk.PagesAsync(windows, spec.Parallel, cancellationToken).ConfigureAwait(false))
        {
            // A page is held back until it is known whether it is the last.
            if (last.Items.Count > 0)
                yield return tally.Number(last, null);
            var rest = (spec.MaxEvents ?? long.MaxValue) - tally.Received;
            last = page.Items.Count <= rest ? page : page with { Items = [.. page.Items.Take((int)rest)] };
            tally.AddEvents(last.Items.Count);
            if (tally.Received == spec.MaxEvents)
            {
                end = new WalkEnd(EndReason.Limit, FormattableString.Invariant($"the limit of {tally.Received:N0} events is reached"));
                break;
            }
        }
        yield return tally.Number(last, end);
        tally.TakesTime();
    }
}
