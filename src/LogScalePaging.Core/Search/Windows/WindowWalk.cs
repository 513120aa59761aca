using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// Fetches the windows of a range, many at once. One that is overfull is split, one that holds fewer events than the server counts is
/// fetched again, an instant too dense for any window is walked page by page. One that fails does not stop the others.
/// </summary>
/// <param name="fetcher">Fetches one window.</param>
/// <param name="count">Counts the events of a range on the server; null when no count can be had or none is wanted.</param>
/// <param name="signals">Where signals go.</param>
/// <param name="committed">Told of every window that is whole.</param>
/// <param name="total">Events in the whole range; null while, or when, that is not known.</param>
/// <param name="oneByOne">True to fetch them one after the other, newest first: what is in one decides what belongs to the next.</param>
/// <param name="oldestFirst">True to hand the pages of windows on oldest first.</param>
/// <param name="replan">Cuts a window that has too many events by a histogram of it; null to halve windows.</param>
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
    private const int FailuresBeforeGivingUp = 8;

    /// <summary>The most events that are walked page by page when a window contradicts its count: about 100 jobs.</summary>
    private const int MostWalked = 20_000;

    private readonly SplitBound _bound = new(total);
    private int _failuresInARow;

    /// <summary>Fetches all windows, in any order.</summary>
    /// <exception cref="PagingException">Some could not be fetched; the message names their ranges. The others are whole.</exception>
    public async Task FetchAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken)
    {
        _bound.Plan(windows);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failed = new ConcurrentQueue<(TimeWindow Window, Exception Why)>();
        await ForEachAsync(windows, w => GuardAsync(w, sink, failed, abort)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (failed.IsEmpty)
            return;
        var first = failed.OrderByDescending(f => f.Window.End).First();
        if (first.Why is ISinkFailure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(first.Why).Throw();
        throw new PagingException(
            PagingErrorKind.RequestFailed,
            FormattableString.Invariant(
                $"{failed.Count} of {windows.Count} windows could not be read. The newest of them is {first.Window}: {first.Why.Message}"),
            first.Why is PagingException { InnerException: { } cause } ? cause : first.Why);
    }

    /// <summary>The pages of all windows, in their order.</summary>
    /// <param name="windows">The windows, in the order of the search.</param>
    /// <param name="ahead">The most windows that are fetched ahead of the reader.</param>
    /// <param name="missing">Told of the events that a window lacks before its pages are handed on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(
        IReadOnlyList<TimeWindow> windows, int ahead, Action<long> missing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _bound.Plan(windows);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var under = new Queue<(Task Fetch, OrderedSink Pages)>();
        try
        {
            for (int i = 0; i < windows.Count || under.Count > 0;)
            {
                while (i < windows.Count && under.Count < ahead)
                {
                    var (window, sink) = (windows[i++], new OrderedSink(oldestFirst));
                    under.Enqueue((Task.Run(() => FetchTreeAsync(window, sink, stop.Token), CancellationToken.None), sink));
                }
                var (fetch, pages) = under.Peek();
                await fetch.AsPagingAsync().ConfigureAwait(false);
                under.Dequeue();
                missing(pages.Missing);
                foreach (var page in pages.InOrder())
                    yield return page;
            }
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAll(under.Select(u => Quietly(u.Fetch))).ConfigureAwait(false);
        }
    }

    private async Task GuardAsync(TimeWindow window, IWindowSink sink, ConcurrentQueue<(TimeWindow, Exception)> failed, CancellationTokenSource abort)
    {
        try
        {
            await FetchTreeAsync(window, sink, abort.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _failuresInARow, 0);
        }
        // A cancellation of neither is a failure like any other: a window must not be left out in silence.
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            failed.Enqueue((window, e));
            signals.Verbose(SignalKind.WindowFailed, $"the window {window} could not be read: {e.Message}");
            if (IsHopeless(e) || Interlocked.Increment(ref _failuresInARow) >= FailuresBeforeGivingUp)
                abort.Cancel();
        }
        catch (OperationCanceledException)
        {
            // Either the user's, which the caller sees, or ours, whose cause is among the failures.
        }
    }

    // What will meet every other window as well.
    private static bool IsHopeless(Exception e) =>
        e is ISinkFailure or IRequestFailure { IsHopeless: true } or PagingException { InnerException: IRequestFailure { IsHopeless: true } };

    private async Task FetchTreeAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = await FetchOrSplitAsync(window, sink, cancellationToken).ConfigureAwait(false);
        if (outcome == WindowOutcome.Whole || (outcome == WindowOutcome.Overfull && await TryCountedAsync(window, sink, cancellationToken).ConfigureAwait(false)))
            return;
        _bound.Split(window, fetcher.Capacity, outcome == WindowOutcome.TooLarge);
        var parts = await PartsAsync(window, outcome, cancellationToken).ConfigureAwait(false);
        if (parts.Count > 1)
        {
            var split = FormattableString.Invariant($"it is split into {parts.Count:N0} windows");
            signals.Verbose(SignalKind.WindowSplit, outcome switch
            {
                WindowOutcome.Short => $"the window {window} still has fewer events than counted: {split}",
                WindowOutcome.TooLarge => $"the answer for the window {window} is larger than the limit: {split}",
                _ => $"the window {window} holds more than fits: {split}",
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
        // A server that ignores the slice that is asked for sends the whole window.
        catch (Exception e) when (!window.IsInstant && AnswerLimitException.Of(e) is not null)
        {
            return WindowOutcome.TooLarge;
        }
    }

    // A window that says it holds more than fits may be wrong. Where fewer are counted than fit, the answer is read as far as the count goes.
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
            // The end turned out to be inclusive: the count was one of other events.
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
                $"the window {window} reports more events than fit, but its count is {known:N0}: it was read by the count"));
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

    /// <summary>Fetches a window without splitting it. Nothing is kept of one that is not whole.</summary>
    /// <param name="window">The window.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="keepShort">True to keep a range that one job reads even when it stays short, because nothing else can read it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<WindowOutcome> FetchWholeAsync(TimeWindow window, IWindowSink sink, bool keepShort, CancellationToken cancellationToken)
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
            // The plan may be old: the count of now decides. Where there is none, the plan is the best that is known. Rows that came twice
            // may stand in for others that did not come.
            if (!fetcher.CountsNeighbour(window) && (fetched.Rows < (counted ?? window.Planned) || (counted is null && (fetched.Repeated > 0 || window.Planned is null))))
                counted = await count(fetcher.RangeOf(window), cancellationToken).ConfigureAwait(false) ?? counted;
            if (cancellationToken.IsCancellationRequested)
            {
                // Then there may be no count because of that, and a window that may be short is none to be kept.
                fetched.Writer.Discard();
                cancellationToken.ThrowIfCancellationRequested();
            }
            var expected = counted ?? window.Planned;
            var isShort = fetched.Rows < expected;
            if (!isShort || (attempt == Tries && (window.IsWhole ? keepShort : !fetcher.IsWorthSplitting(window, fetched.Rows))))
            {
                // What is still short then is for the count over the whole range to name.
                Keep(fetched, counted);
                return WindowOutcome.Whole;
            }
            fetched.Writer.Discard();
            fetcher.Drop();
            // A buffer that holds less than the server said shows here. Smaller windows find what a large one goes on to lack.
            var isCut = fetched.Rows == before && !window.IsInstant && fetcher.IsCutAt(fetched.Rows, expected!.Value);
            if (isCut || attempt == Tries)
                return WindowOutcome.Short;
            before = fetched.Rows;
            signals.Verbose(SignalKind.WindowReread, FormattableString.Invariant(
                $"the window {window} returned {fetched.Rows:N0} of {expected:N0} events: it is read again"));
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the reader has left, or has its error already
        catch
#pragma warning restore CA1031
        {
        }
    }
}

/// <summary>What came of fetching a window.</summary>
internal enum WindowOutcome
{
    /// <summary>It is kept.</summary>
    Whole,
    /// <summary>It does not fit the buffer.</summary>
    Overfull,
    /// <summary>Its answer exceeds the limit of an answer.</summary>
    TooLarge,
    /// <summary>It holds fewer events than are counted, and smaller windows may hold them all.</summary>
    Short,
}
