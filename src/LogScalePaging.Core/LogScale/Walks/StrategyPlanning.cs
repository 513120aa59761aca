using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Walks;

/// <summary>Chooses a strategy for a search and prepares it. If the server refuses a strategy, it uses the next one.</summary>
internal sealed class StrategyPlanning(
    KnownBuffers buffers,
    bool isDirect,
    QueryJobRunner runner,
    PinnedRange range,
    RangeProof proof,
    RangeHistogram histogram,
    SearchSpec spec,
    QueryTraits traits,
    SignalLog signals)
{
    private readonly Queue<(SearchStrategy Strategy, string Reason)> _choices = new();
    private QueryResult? _first;
    private int _largestWindow;
    private RangeLeft? _left;

    /// <summary>True if there is another strategy to try.</summary>
    public bool HasOther => _choices.Count > 0;

    /// <summary>Chooses a strategy from the first answer.</summary>
    /// <param name="first">The first answer.</param>
    /// <param name="largestWindow">Maximum number of events in a window; <see cref="int.MaxValue"/> for files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="left">The part of the range that is left; null for all of it.</param>
    /// <exception cref="PagingException">No strategy can read the result, or the server did not answer.</exception>
    public async Task<ChosenStrategy> ChooseAsync(QueryResult first, int largestWindow, CancellationToken cancellationToken,
        RangeLeft? left = null)
    {
        (_first, _largestWindow, _left) = (first, largestWindow, left);
        // The choice depends on the number of events. A complete result needs no choice.
        var expected = first.Metadata.HasMoreEvents == true && spec.Strategy == SearchStrategy.Auto
            ? await proof.ExpectedAsync(cancellationToken).ConfigureAwait(false)
            : null;
        foreach (var choice in StrategyChoice.Of(spec, traits, first, expected, toFile: largestWindow == int.MaxValue,
            isDirect))
            _choices.Enqueue(choice);
        return await NextAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The strategy for a first job that holds the whole result. Windows replace it if its rows cannot be read.</summary>
    /// <param name="opened">The job.</param>
    /// <param name="largestWindow">Maximum number of events in a window; <see cref="int.MaxValue"/> for files.</param>
    public ChosenStrategy Opened(FirstResult opened, int largestWindow)
    {
        (_first, _largestWindow) = (opened.Sorted(hasMore: true), largestWindow);
        foreach (var choice in StrategyChoice.Of(spec, traits, _first, null, toFile: largestWindow == int.MaxValue,
            isDirect))
            _choices.Enqueue(choice);
        return new ChosenStrategy(SearchStrategy.OneJob, FormattableString.Invariant(
            $"one job holds {(opened.Total >= spec.MaxEvents ? "the newest" : "all")} {opened.Total:N0} events"))
        {
            Buffer = opened.Buffer,
        };
    }

    /// <summary>Chooses the strategy that replaces a failed one.</summary>
    /// <param name="failed">The failed one.</param>
    /// <param name="why">Why it failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PagingException">No other strategy can read the result.</exception>
    public Task<ChosenStrategy> InsteadAsync(SearchStrategy failed, string why, CancellationToken cancellationToken) =>
        NextAsync(Instead(failed, why), cancellationToken);

    private async Task<ChosenStrategy> NextAsync(string? instead, CancellationToken cancellationToken)
    {
        while (_choices.Count > 0)
        {
            var (strategy, reason) = _choices.Dequeue();
            if (instead is not null)
                reason = $"{reason}; {instead}";
            try
            {
                return strategy switch
                {
                    SearchStrategy.Window => await WindowsAsync(reason, cancellationToken).ConfigureAwait(false),
                    SearchStrategy.OneJob => await OneJobAsync(reason, cancellationToken).ConfigureAwait(false),
                    _ => new ChosenStrategy(strategy, reason),
                };
            }
            catch (CannotCutException e)
            {
                instead = Instead(strategy, e.Message);
            }
        }
        throw new PagingException(PagingErrorKind.RequestFailed,
            $"The result does not fit into one answer, and no strategy can read it: {traits.Cutting.Reason}; {instead}. Use a shorter "
                + "time range, or remove the step that writes @timestamp.");
    }

    private static string Instead(SearchStrategy failed, string why) => $"instead of {failed switch
    {
        SearchStrategy.Stream => "a stream",
        SearchStrategy.OneJob => "one job",
        _ => "windows",
    }}: {why}";

    private async Task<ChosenStrategy> WindowsAsync(string reason, CancellationToken cancellationToken)
    {
        var counting = proof.ExpectedAsync(cancellationToken);
        var plan = range.AsSent
            ? await Planning().PlanEvenlyAsync(range.Identity, _first!.Events, spec, await counting.ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false)
            : await Planning().PlanAsync(range.Identity, _first!.Events, spec, _largestWindow, cancellationToken,
                _left).ConfigureAwait(false);
        // The count began before the plan. Without it, late arrivals could not be distinguished.
        var expected = await counting.ConfigureAwait(false);
        // If the histogram has fewer events than the count, it is not used for comparison: each window is counted.
        var isPlan = !(plan.Total < expected);
        return new ChosenStrategy(SearchStrategy.Window, $"{reason}: {plan.Said}")
        {
            Windows = isPlan ? plan.Windows : [.. plan.Windows.Select(w => w with { Planned = null })],
            Buffer = plan.Buffer,
        };
    }

    // This job is never split, so it must hold the whole result, or the newest events up to the limit.
    private async Task<ChosenStrategy> OneJobAsync(string reason, CancellationToken cancellationToken)
    {
        var buffer = await Planning().BufferAsync(range.Identity, _first!.Events, spec, cancellationToken).ConfigureAwait(false);
        var expected = await proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
        if (!buffer.IsTail)
            throw new CannotCutException("the server does not accept tail() after this query");
        if (spec.MaxEvents is { } most && most <= buffer.Capacity)
            buffer = buffer with { Capacity = (int)most };
        else if (expected >= buffer.Capacity)
            throw new CannotCutException(FormattableString.Invariant(
                $"{expected:N0} events do not fit into a job, which has at most {buffer.Capacity:N0} rows on this server"));
        return new ChosenStrategy(SearchStrategy.OneJob,
            FormattableString.Invariant($"{reason}: one job of at most {buffer.Capacity:N0} events"))
        { Buffer = buffer };
    }

    private WindowPlanning Planning() => new(buffers, runner, range.Job, signals, histogram.Looked);
}

/// <summary>A strategy that is ready to be used.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Reason">Why it was chosen.</param>
internal sealed record ChosenStrategy(SearchStrategy Strategy, string Reason)
{
    /// <summary>The windows, newest first; null for a strategy without windows.</summary>
    public IReadOnlyList<TimeWindow>? Windows { get; init; }

    /// <summary>The result buffer of its jobs; null for the default buffer.</summary>
    public ResultBuffer? Buffer { get; init; }
}
