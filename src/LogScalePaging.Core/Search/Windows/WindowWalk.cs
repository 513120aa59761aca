using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// Fetches the windows of a range, many in parallel. A window with too many records is split. A window with fewer records than the server
/// counts is fetched again. An instant with more records than a window can hold is walked page by page. If a window fails, the others are
/// still fetched.
/// </summary>
/// <param name="fetcher">Fetches one window.</param>
/// <param name="count">Counts the records of a range on the server. Its result is null if the count failed or was not requested.</param>
/// <param name="signals">The log that receives signals.</param>
/// <param name="committed">Called for every complete window.</param>
/// <param name="total">Records in the whole range; null if it is not known (yet).</param>
/// <param name="oneByOne">
/// True to fetch them one after the other, newest first, because the rows of one window decide which rows belong to the next.
/// </param>
/// <param name="oldestFirst">True to pass the pages of windows on oldest first.</param>
/// <param name="replan">Splits a window with too many records by a histogram of it; null to split windows into halves.</param>
internal sealed class WindowWalk(
    IWindowFetcher fetcher,
    Func<(long Start, long End), CancellationToken, Task<long?>> count,
    SignalLog signals,
    Action<FetchedWindow> committed,
    Func<long?> total,
    bool oneByOne = false,
    bool oldestFirst = false,
    Func<TimeWindow, CancellationToken, Task<IReadOnlyList<TimeWindow>>>? replan = null)
{
    private const int Tries = 3;

    /// <summary>Maximum number of records that are walked page by page if a window contradicts its count: about 100 jobs.</summary>
    private const int MostWalked = 20_000;

    private readonly SplitBound _bound = new(total);

    /// <summary>Fetches all windows, in any order.</summary>
    /// <exception cref="PagingException">
    /// Some windows could not be fetched. The message names the newest of them. The others are complete.
    /// </exception>
    public async Task FetchAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken)
    {
        _bound.Plan(windows);
        using var failures = new WindowFailures(signals, cancellationToken);
        await ForEachAsync(windows, w => failures.GuardAsync(w, stop => FetchTreeAsync(w, sink, stop))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        failures.ThrowIfAny(windows.Count);
    }

    /// <summary>The pages of all windows, in their order.</summary>
    /// <param name="windows">The windows, in the order of the search.</param>
    /// <param name="ahead">Maximum number of windows that are fetched ahead of the reader.</param>
    /// <param name="missing">Receives the number of records that a window lacks, before its pages are passed on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<Page<Record>> PagesAsync(
        IReadOnlyList<TimeWindow> windows, int ahead, Action<long> missing, CancellationToken cancellationToken)
    {
        _bound.Plan(windows);
        return new WindowsAhead(FetchTreeAsync, oldestFirst).PagesAsync(windows, ahead, missing, cancellationToken);
    }

    private async Task FetchTreeAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = await FetchOrSplitAsync(window, sink, cancellationToken).ConfigureAwait(false);
        if (outcome == WindowOutcome.Whole
            || (outcome == WindowOutcome.Overfull && await TryCountedAsync(window, sink, cancellationToken).ConfigureAwait(false)))
            return;
        _bound.Split(window, fetcher.Capacity, outcome == WindowOutcome.TooLarge);
        var parts = await PartsAsync(window, outcome, cancellationToken).ConfigureAwait(false);
        if (parts.Count > 1)
        {
            signals.Verbose(SignalKind.WindowSplit, outcome switch
            {
                WindowOutcome.Short => $"the window {window} is split, because it still has fewer records than counted",
                WindowOutcome.TooLarge => $"the window {window} is split, because its answer is larger than the limit",
                _ => $"the window {window} is split, because it has more records than fit",
            });
            sink.Split(window, parts);
        }
        await ForEachAsync(parts, part => FetchTreeAsync(part, sink, cancellationToken)).ConfigureAwait(false);
    }

    // A histogram finds a dense instant at once. Halving takes a job for each bit of its time. Halves are right if the histogram is not.
    private async Task<IReadOnlyList<TimeWindow>> PartsAsync(TimeWindow window, WindowOutcome outcome, CancellationToken cancellationToken)
    {
        var planned = outcome == WindowOutcome.Overfull && replan is not null && window.Length > 2
            ? await replan(window, cancellationToken).ConfigureAwait(false)
            : [];
        if (planned.Count > 1 || (planned.Count == 1 && planned[0].IsDense))
            return planned;
        var (newer, older) = window.Split();
        return [newer, older];
    }

    private async Task<WindowOutcome> FetchOrSplitAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchWholeAsync(window, sink, keepShort: false, cancellationToken).ConfigureAwait(false);
        }
        // The server ignores the requested slice and sends the whole window.
        catch (Exception e) when (!window.IsInstant && AnswerLimitException.Of(e) is not null)
        {
            return WindowOutcome.TooLarge;
        }
    }

    // An answer that reports more records than fit may be wrong. If the count says that they fit, the counted number of records is read.
    private async Task<bool> TryCountedAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken)
    {
        if (window.Planned >= fetcher.Capacity)
            return false;
        var range = fetcher.RangeOf(window);
        for (var isSecond = false; ; isSecond = true)
        {
            var counted = await count(range, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if ((counted ?? window.Planned) is not { } known || known >= fetcher.Capacity)
                return false;
            var fetched = await fetcher.FetchAsync(window, sink, cancellationToken, known).ConfigureAwait(false);
            // The end of the range is inclusive, so the count included records of another window.
            if (fetched is null && !isSecond && fetcher.RangeOf(window) is var shorter && shorter != range)
            {
                range = shorter;
                continue;
            }
            if (fetched is null && counted <= MostWalked && counted < fetcher.Capacity && fetcher.CanWalk)
                fetched = await fetcher.WalkAsync(window, counted, sink, cancellationToken).ConfigureAwait(false);
            if (fetched is null)
                return false;
            if (fetched.Rows < known)
            {
                fetched.Writer.Discard();
                fetcher.Drop();
                return false;
            }
            signals.Verbose(SignalKind.WindowReread, FormattableString.Invariant(
                $"the window {window} reports more records than fit, but its count is {known:N0}, and so many were read"));
            Keep(fetched, counted);
            return true;
        }
    }

    private void Keep(FetchedWindow fetched, long? counted)
    {
        fetched.Writer.Commit(fetched.Notes, counted, fetched.Repeated);
        fetcher.Keep();
        _bound.Read(fetched.Rows);
        committed(fetched with { Short = Math.Max(0, (counted ?? fetched.Rows) - fetched.Rows) });
    }

    private async Task ForEachAsync(IEnumerable<TimeWindow> windows, Func<TimeWindow, Task> fetch)
    {
        if (!oneByOne)
        {
            await Task.WhenAll(windows.Select(fetch)).ConfigureAwait(false);
            return;
        }
        foreach (var window in windows)
            await fetch(window).ConfigureAwait(false);
    }

    /// <summary>Fetches a window without splitting it. Nothing is kept of an incomplete window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sink">Receives the records.</param>
    /// <param name="keepShort">
    /// True to keep the whole range as one window even if records are missing, because no other strategy can read it.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<WindowOutcome> FetchWholeAsync(TimeWindow window, IWindowSink sink, bool keepShort,
        CancellationToken cancellationToken)
    {
        long? counted = null, before = null;
        for (var attempt = 1; ; attempt++)
        {
            var isDense = window.IsDense && fetcher.CanWalk;
            var fetched = isDense ? null : await fetcher.FetchAsync(window, sink, cancellationToken).ConfigureAwait(false);
            if (fetched is null && !window.IsInstant && !isDense)
                return WindowOutcome.Overfull;
            if (fetched is null && isDense && (counted ?? window.Planned) is { } known)
            {
                fetched = await fetcher.WalkAsync(window, known, sink, cancellationToken).ConfigureAwait(false);
            }
            else if (fetched is null)
            {
                var most = counted ?? await count(fetcher.RangeOf(window), cancellationToken).ConfigureAwait(false);
                counted = fetcher.CountsNeighbour(window) ? null : most;
                fetched = await fetcher.WalkAsync(window, most, sink, cancellationToken).ConfigureAwait(false);
            }
            // The plan may be outdated, so a new count decides. Without a new count, the plan is used. If rows were repeated, other rows
            // may be missing although the number is right.
            if (!fetcher.CountsNeighbour(window)
                && (fetched.Rows < (counted ?? window.Planned) || (counted is null && (fetched.Repeated > 0 || window.Planned is null))))
                counted = await count(fetcher.RangeOf(window), cancellationToken).ConfigureAwait(false) ?? counted;
            if (cancellationToken.IsCancellationRequested)
            {
                // The count may be missing because of the cancellation. A window that may be incomplete is not kept.
                fetched.Writer.Discard();
                cancellationToken.ThrowIfCancellationRequested();
            }
            var expected = counted ?? window.Planned;
            var isShort = fetched.Rows < expected;
            if (!isShort || (attempt == Tries && (window.IsWhole ? keepShort : !fetcher.IsWorthSplitting(window, fetched.Rows))))
            {
                // The count over the whole range reports the records that are still missing.
                Keep(fetched, counted);
                return WindowOutcome.Whole;
            }
            fetched.Writer.Discard();
            fetcher.Drop();
            // This shows a buffer that is smaller than the server said. Smaller windows can have the records that a large window lacks.
            var isCut = fetched.Rows == before && !window.IsInstant && fetcher.IsCutAt(fetched.Rows, expected!.Value);
            if (isCut || attempt == Tries)
                return WindowOutcome.Short;
            before = fetched.Rows;
            signals.Verbose(SignalKind.WindowReread, FormattableString.Invariant(
                $"the window {window} is read again, because it returned {fetched.Rows:N0} of {expected:N0} records"));
        }
    }
}
