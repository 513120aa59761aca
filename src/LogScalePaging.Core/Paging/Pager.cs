using System.Runtime.CompilerServices;

namespace LogScalePaging.Paging;

/// <summary>
/// The one loop. It carries a strategy from page to page, drops what was seen, guards against walks that go in circles,
/// and ends only where the strategy, the user's limit or an exception says so.
/// </summary>
public sealed class Pager<TRequest, TResponse, TItem>(
    IPageStrategy<TRequest, TResponse, TItem> strategy,
    IPageSource<TRequest, TResponse> source,
    PagerOptions options)
{
    private const int RememberedPositions = 4096;
    private readonly Deduplicator _visited = new(RememberedPositions);

    /// <summary>Walks from a checkpoint, or from the start. Enumerate once.</summary>
    /// <exception cref="CheckpointMismatchException">The checkpoint belongs to another walk.</exception>
    /// <exception cref="PagingException">The walk broke off; it carries the checkpoint after the last page that was handed on.</exception>
    public async IAsyncEnumerable<Page<TItem>> PagesAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        from?.EnsureFits(strategy.Name, options.Identity);
        var progress = new Progress(from);
        var position = from?.Position ?? strategy.Start;
        while (true)
        {
            Guard(position, progress);
            var started = options.Time.GetTimestamp();
            var content = await FetchAsync(position, progress, cancellationToken).ConfigureAwait(false);
            var fresh = Fresh(content, progress);
            var decision = strategy.Decide(position, content, await StateAsync(fresh, progress, cancellationToken).ConfigureAwait(false));
            if (LimitReached(ref fresh, progress) is { } limited)
                decision = limited;
            progress.Take(fresh.Count, content.Items.Count);

            var next = Follow(decision, progress);
            if (progress.EmptyInARow > options.MaxEmptyPages)
                throw Broken(PagingErrorKind.TooManyEmptyPages, $"The server sent {progress.EmptyInARow} empty pages in a row and still says that there is more.", progress);
            var checkpoint = next is null ? null : CheckpointAt(next, progress);
            progress.Safe = checkpoint;
            Telemetry.Page(fresh.Count);
            yield return new Page<TItem>(fresh, checkpoint, new PageInfo
            {
                Number = progress.Pages,
                Total = content.Total ?? CompletedCount(),
                Duplicates = progress.LastDuplicates,
                Elapsed = options.Time.GetElapsedTime(started),
                TraceId = content.TraceId,
                RateLimit = content.RateLimit,
                Warnings = content.Warnings,
                End = (decision as PageDecision.End)?.What,
            });
            if (next is null)
                yield break;
            position = next;
        }
    }

    private void Guard(PagePosition position, Progress progress)
    {
        if (!_visited.Add(position.ToString()))
            throw Broken(PagingErrorKind.PositionRepeated, $"The walk came back to a position that it had visited: {position}. The server goes in circles.", progress);
    }

    private async Task<PageContent<TItem>> FetchAsync(PagePosition position, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            var response = await source.FetchAsync(strategy.CreateRequest(position), cancellationToken).ConfigureAwait(false);
            return strategy.Read(position, response);
        }
        catch (PagingException e)
        {
            throw Broken(e.Kind, e.Message, progress, e.InnerException);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Broken(PagingErrorKind.RequestFailed, e.Message, progress, e);
        }
    }

    [MethodImpl(HotPath.Method)]
    private IReadOnlyList<TItem> Fresh(PageContent<TItem> content, Progress progress)
    {
        var fresh = content.Items;
        // Most pages repeat nothing: only one that does is copied.
        List<TItem>? kept = null;
        for (var i = 0; i < content.Items.Count; i++)
        {
            var item = content.Items[i];
            if (options.Deduplicator.Add(strategy.IdentityOf(in item)))
                kept?.Add(item);
            else
                fresh = kept ??= [.. content.Items.Take(i)];
        }
        progress.LastDuplicates = content.Items.Count - fresh.Count;
        if (progress.LastDuplicates > 0)
            options.Signals.Verbose(SignalKind.DuplicateDropped, $"{progress.LastDuplicates} events of the page were known already", progress.LastDuplicates);
        return fresh;
    }

    private async ValueTask<WalkState> StateAsync(IReadOnlyList<TItem> fresh, Progress progress, CancellationToken cancellationToken)
    {
        // The first page decides alone; from the second on the count has had the time of a page to arrive.
        if (options.Expected is { IsCompleted: false } pending && progress.Pages > 0)
            await pending.WaitAsync(Timeout.InfiniteTimeSpan, options.Time, cancellationToken).ConfigureAwait(false);
        return new WalkState(fresh.Count, progress.Received + fresh.Count, CompletedCount());
    }

    private long? CompletedCount() => options.Expected is { Status: TaskStatus.RanToCompletion } done ? done.GetAwaiter().GetResult() : null;

    private PageDecision.End? LimitReached(ref IReadOnlyList<TItem> fresh, Progress progress)
    {
        if (options.Limit is not { } limit || progress.Received + fresh.Count < limit)
            return null;
        fresh = [.. fresh.Take((int)(limit - progress.Received))];
        return new PageDecision.End(EndReason.Limit, FormattableString.Invariant($"the limit of {limit:N0} events is reached"));
    }

    private PagePosition? Follow(PageDecision decision, Progress progress)
    {
        switch (decision)
        {
            case PageDecision.Continue go:
                if (go.Signal is { } signal)
                    options.Signals.Verbose(signal.Kind, signal.Message);
                return go.Next;
            case PageDecision.Restart again:
                options.Signals.Warn(again.Kind, again.Why);
                if (++progress.Restarts > options.MaxRestarts)
                    throw Broken(PagingErrorKind.TooManyRestarts, $"The walk had to begin again {progress.Restarts} times: {again.Why}", progress);
                _visited.Clear();
                return again.Next;
            case PageDecision.End end:
                options.Signals.Verbose(SignalKind.Ended, $"the walk ended: {end.What.Why} ({end.What.Reason})");
                return null;
            default:
                throw new InvalidOperationException($"Unknown decision {decision}");
        }
    }

    private Checkpoint CheckpointAt(PagePosition position, Progress progress) => new()
    {
        Strategy = strategy.Name,
        Identity = options.Identity,
        Position = position,
        Received = progress.Received,
        Duplicates = progress.Duplicates,
        Pages = progress.Pages,
    };

    private static PagingException Broken(PagingErrorKind kind, string message, Progress progress, Exception? cause = null) =>
        new(kind, message, cause) { Checkpoint = progress.Safe, Received = progress.Received };

    private sealed class Progress(Checkpoint? from)
    {
        public Checkpoint? Safe { get; set; } = from;
        public long Received { get; private set; } = from?.Received ?? 0;
        public long Duplicates { get; private set; } = from?.Duplicates ?? 0;
        public long Pages { get; private set; } = from?.Pages ?? 0;
        public int LastDuplicates { get; set; }
        public int EmptyInARow { get; private set; }
        public int Restarts { get; set; }

        public void Take(int fresh, int read)
        {
            Received += fresh;
            Duplicates += LastDuplicates;
            Pages++;
            EmptyInARow = read == 0 ? EmptyInARow + 1 : 0;
        }
    }
}
