using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Paging;

/// <summary>
/// The only paging loop. It runs a strategy from page to page, drops known items, stops walks that go in circles, and ends only if the
/// strategy, the user's limit or an exception says so.
/// </summary>
internal sealed class Pager<TRequest, TResponse, TItem>(
    IPageStrategy<TRequest, TResponse, TItem> strategy,
    IPageSource<TRequest, TResponse> source,
    PagerOptions options)
{
    private const int MostIdlePages = 3;
    private readonly RecordLimit _limit = new(options.Limit);

    /// <summary>Walks from a checkpoint, or from the start. Each enumeration is a new walk, if the source can be read again.</summary>
    /// <exception cref="CheckpointMismatchException">The checkpoint belongs to another walk.</exception>
    /// <exception cref="PagingException">
    /// The walk broke off. The exception has the checkpoint after the last page that was passed on.
    /// </exception>
    public async IAsyncEnumerable<Page<TItem>> PagesAsync(Checkpoint? from,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        from?.EnsureFits(strategy.Name, options.Identity);
        var progress = new PagerProgress(from);
        var memory = NewMemory();
        var position = from?.Position ?? strategy.Start;
        while (true)
        {
            var (page, next) = await StepAsync(position, progress, memory, cancellationToken).ConfigureAwait(false);
            progress.HandOn(page);
            Telemetry.Page(page.Items.Count);
            yield return page;
            if (next is null)
                yield break;
            position = next;
        }
    }

    // If items are known from an earlier run, new items must be compared with all of them.
    private IItemMemory<TItem> NewMemory() =>
        (options.Known is null ? (strategy as IItemMemorySource<TItem>)?.NewMemory() : null)
        ?? new HashMemory(strategy, options.Known ?? new IdentitySet(strategy.Memory));

    // Everything that can fail is in this method, so that each failure has the checkpoint and the counts of the pages before it.
    private async Task<(Page<TItem> Page, PagePosition? Next)> StepAsync(
        PagePosition position, PagerProgress progress, IItemMemory<TItem> memory, CancellationToken cancellationToken)
    {
        try
        {
            if (!progress.Visit(position))
                throw Broken(PagingErrorKind.PositionRepeated, "The server returned to a position that was already read: "
                    + $"{position}. The search was stopped because it might not end.", progress);
            var started = options.Time.GetTimestamp();
            var response = await source.FetchAsync(strategy.CreateRequest(position), cancellationToken).ConfigureAwait(false);
            var content = strategy.Read(position, response);
            var found = Sort(content, progress, memory);
            var state = await StateAsync(found, progress, cancellationToken).ConfigureAwait(false);
            var decision = EndIfIdle(strategy.Decide(position, content, state), state, content, progress);
            if (LimitReached(state) is { } limited)
                decision = limited;
            await EnsurePlausibleAsync(state, content, progress, cancellationToken).ConfigureAwait(false);
            var next = Follow(decision, progress);
            var after = next is null ? null : CheckpointAfter(found.Fresh.Count, found.Repeated, next, progress);
            return (new Page<TItem>(found.Fresh, after, new PageInfo
            {
                Number = progress.Pages + 1,
                Total = content.Total ?? CompletedCount(),
                Duplicates = found.Repeated,
                RepeatedIds = found.RepeatedIds,
                WithoutId = found.WithoutId,
                Elapsed = options.Time.GetElapsedTime(started),
                TraceId = content.TraceId,
                RateLimit = content.RateLimit,
                Warnings = content.Warnings,
                End = (decision as PageDecision.End)?.What,
            }), next);
        }
        catch (PagingException e)
        {
            throw Broken(e.Kind, e.Message, progress, e.InnerException);
        }
        catch (Exception e) when (e is IRequestFailure)
        {
            throw Broken(PagingErrorKind.RequestFailed, e.Message, progress, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Broken(PagingErrorKind.Bug,
                $"A bug in LogScalePaging stopped the walk ({e.GetType().Name}: {e.Message}). Please report it.", progress, e);
        }
    }

    [MethodImpl(HotPath.Method)]
    private Found Sort(PageContent<TItem> content, PagerProgress progress, IItemMemory<TItem> memory)
    {
        var found = new Found { Fresh = content.Items };
        // Most pages repeat nothing. A page is copied only if it does.
        List<TItem>? kept = null;
        var most = _limit.Left(progress.Received);
        for (int i = 0, fresh = 0; i < content.Items.Count; i++, fresh++)
        {
            // Items beyond the limit are not passed on, so they are not counted.
            if (fresh >= most)
            {
                found.Fresh = kept ??= [.. content.Items.Take(i)];
                break;
            }
            switch (memory.Add(content.Items, i))
            {
                case Sighting.Known:
                    found.Repeated++;
                    found.Fresh = kept ??= [.. content.Items.Take(i)];
                    fresh--;
                    continue;
                case Sighting.KnownId:
                    found.RepeatedIds++;
                    break;
                case Sighting.Unknown:
                    found.WithoutId++;
                    break;
            }
            kept?.Add(content.Items[i]);
        }
        if (found.Repeated > 0)
            options.Signals.Verbose(SignalKind.DuplicateDropped, $"{found.Repeated} repeated records of the page were "
                + "dropped", found.Repeated);
        return found;
    }

    private async ValueTask<WalkState> StateAsync(Found found, PagerProgress progress, CancellationToken cancellationToken)
    {
        // The first page does not wait for the count. From the second page on, the count has had the time of a page to arrive.
        if (options.Expected is { IsCompleted: false } pending && progress.Pages > 0)
            await pending.WaitAsync(Timeout.InfiniteTimeSpan, options.Time, cancellationToken).ConfigureAwait(false);
        return new WalkState(found.Fresh.Count, progress.Received + found.Fresh.Count, CompletedCount(), found.Repeated);
    }

    private long? CompletedCount() =>
        options.Expected is { Status: TaskStatus.RanToCompletion } done ? done.GetAwaiter().GetResult() : null;

    private PageDecision.End? LimitReached(in WalkState state) =>
        _limit.IsReached(state.Received) ? new PageDecision.End(_limit.End) : null;

    // Without a count, nothing else shows that a server only repeats items.
    private PageDecision EndIfIdle(PageDecision decision, WalkState state, PageContent<TItem> content, PagerProgress progress)
    {
        if (content.Items.Count > 0)
            progress.IdleInARow = state.Fresh == 0 ? progress.IdleInARow + 1 : 0;
        if (decision is not PageDecision.Continue || state.Expected is not null
            || progress.IdleInARow < MostIdlePages + progress.PagesToRepeat)
            return decision;
        options.Signals.Warn(SignalKind.Ended,
            $"the walk was ended because {MostIdlePages} pages in a row had no new records. Records may be missing");
        return new PageDecision.End(EndReason.NothingNew, $"{MostIdlePages} pages in a row had no new records");
    }

    private async Task EnsurePlausibleAsync(WalkState state, PageContent<TItem> content, PagerProgress progress,
        CancellationToken cancellationToken)
    {
        var empty = content.Items.Count == 0 ? progress.EmptyInARow + 1 : 0;
        if (empty > options.MaxEmptyPages)
            throw Broken(PagingErrorKind.TooManyEmptyPages, $"The server sent {empty} empty pages in a row and says "
                + "that there is more.", progress);
        progress.EmptyInARow = empty;
        if (state.Expected is { } expected)
        {
            if (IsTooMany(state.Received, Math.Max(expected, progress.MostCounted)))
                await EnsureCountedAsync(expected, state.Received, progress, cancellationToken).ConfigureAwait(false);
        }
        else if (options.Limit is null && state.Received > options.MostUncounted)
        {
            throw Broken(
                PagingErrorKind.TooManyItems,
                FormattableString.Invariant(
                    $"The server sent {state.Received:N0} different records, and there is no count to compare them with. ")
                    + "The walk was stopped because it might not end. Allow the count, set a limit, or use a shorter time range.",
                progress);
        }
    }

    // Events may have reached the range since it was counted.
    private async Task EnsureCountedAsync(long expected, long received, PagerProgress progress, CancellationToken cancellationToken)
    {
        var counted = options.Recount is { } recount ? await recount(cancellationToken).ConfigureAwait(false) : null;
        cancellationToken.ThrowIfCancellationRequested();
        progress.MostCounted = Math.Max(Math.Max(expected, progress.MostCounted), counted ?? 0);
        if (!IsTooMany(received, progress.MostCounted))
            return;
        throw Broken(
            PagingErrorKind.TooManyItems,
            FormattableString.Invariant($"The server sent {received:N0} different records, but it counted {progress.MostCounted:N0}. ")
                + "The walk was stopped because it might not end.",
            progress);
    }

    // More than twice the count, in a way that cannot overflow.
    private bool IsTooMany(long received, long counted) => (received - options.Allowance + 1) / 2 > Math.Max(0, counted);

    private PagePosition? Follow(PageDecision decision, PagerProgress progress)
    {
        switch (decision)
        {
            case PageDecision.Continue go:
                if (go.Signal is { } signal)
                    options.Signals.Verbose(signal.Kind, signal.Message);
                return go.Next;
            case PageDecision.Restart again:
                if (strategy.Memory != IdentityMemory.All)
                    throw new InvalidOperationException($"The strategy {strategy.Name} restarts although not all items are remembered.");
                options.Signals.Warn(again.Kind, again.Why);
                if (++progress.Restarts > options.MaxRestarts)
                    throw Broken(PagingErrorKind.TooManyRestarts, $"The walk was restarted {progress.Restarts} times. The last reason: "
                        + $"{again.Why}", progress);
                progress.BeginAgain();
                return again.Next;
            case PageDecision.End end:
                options.Signals.Verbose(SignalKind.Ended, $"the walk ended: {end.What.Why} ({end.What.Reason})");
                return null;
            default:
                throw new InvalidOperationException($"Unknown decision {decision}");
        }
    }

    private Checkpoint CheckpointAfter(int items, int duplicates, PagePosition position, PagerProgress progress) => new()
    {
        Strategy = strategy.Name,
        Identity = options.Identity,
        Position = position,
        Received = progress.Received + items,
        Duplicates = progress.Duplicates + duplicates,
        Pages = progress.Pages + 1,
    };

    private static PagingException Broken(PagingErrorKind kind, string message, PagerProgress progress, Exception? cause = null) =>
        new(kind, message, cause) { Checkpoint = progress.Safe, Received = progress.Received };

    private sealed class HashMemory(IPageStrategy<TRequest, TResponse, TItem> strategy, IdentitySet known) : IItemMemory<TItem>
    {
        [MethodImpl(HotPath.Method)]
        public Sighting Add(IReadOnlyList<TItem> page, int index)
        {
            var item = page[index];
            return known.Add(strategy.IdentityOf(in item));
        }
    }

    private struct Found
    {
        public IReadOnlyList<TItem> Fresh;
        public int Repeated;
        public int RepeatedIds;
        public int WithoutId;
    }
}
