using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Walks;

/// <summary>
/// The pages of a search for a reader who waits for each of them. The rows of the first job are passed on before anything else is
/// requested, because the reader may need no more. What follows starts at the oldest of them, and known events are dropped.
/// </summary>
internal sealed class FirstPages(SearchParts parts, SearchPlan plan, FirstJob firstJob, StrategyWalks walks, HandedOn handedOn)
{
    // This number and the number of jobs limit the windows that wait in the pipeline.
    internal const int LargestWindow = 5_000;

    /// <summary>True if the search begins like this.</summary>
    // If a function compares events or makes several rows of one, the result must come from a single evaluation.
    public bool AreFirst => parts.Spec.Strategy == SearchStrategy.Auto
        && parts.Traits is { Cutting.Allowed: true, WritesTimestamp: false, MultipliesRows: false };

    /// <summary>True if the pages of the first job are the whole result.</summary>
    public bool AreWhole { get; private set; }

    private long Received => parts.Tally.Received;

    /// <summary>The pages of the first job. If they are not the whole result, the plan has the strategy for the rest afterwards.</summary>
    public async IAsyncEnumerable<Page<Record>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        firstJob.CountLater();
        var opened = await firstJob.TailAsync(keepsCut: true, cancellationToken).ConfigureAwait(false);
        var first = opened?.Sorted(hasMore: opened.IsCut)
            ?? await firstJob.PlainAsync(cancellationToken, IsPassedOn).ConfigureAwait(false);
        firstJob.See(first);
        if (!CanFollow(first) || firstJob.IsAggregate)
        {
            await ChooseAsync(first, opened, cancellationToken).ConfigureAwait(false);
            yield break;
        }
        var isCut = first.Metadata.HasMoreEvents == true;
        plan.Use(new ChosenStrategy(SearchStrategy.Single, isCut ? "the events of the first job" : "the result fits into one answer"));
        var pages = FirstJobPagesAsync(opened, first, cancellationToken).GetAsyncEnumerator(cancellationToken);
        string? failure = null;
        await using (pages.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await pages.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                // The rows of the job cannot be read. Those that were passed on stay valid, and windows bring the others.
                catch (PagingException e) when (e.InnerException is JobLostException or SlicesDisagreeException or OtherOrderException)
                {
                    failure = e.Message;
                    break;
                }
                var page = pages.Current;
                handedOn.Add(page.Items);
                yield return parts.Tally.Number(page, isCut && page.Info.End?.Reason != EndReason.Limit ? null : page.Info.End);
                firstJob.BeginCount(isCut);
            }
        }
        if (opened is not null)
            parts.Runner.Ledger.Delete(opened.JobId);
        firstJob.BeginCount(isCut);
        AreWhole = parts.Limit.IsReached(Received)
            || (!isCut && failure is null && await IsAllAsync(cancellationToken).ConfigureAwait(false));
        if (AreWhole)
        {
            parts.Tally.IsOneJob();
            yield break;
        }
        // If the first job should have had all events, the missing ones can be anywhere.
        if (!isCut || failure is not null)
            handedOn.HasGaps();
        firstJob.Answer = opened is null ? first with { Metadata = first.Metadata with { HasMoreEvents = true } } : null;
        await FollowAsync(first, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The events that the first job lacks. The windows after it are read until they have all of their events, so if events are missing,
    /// they belong to its part of the range.
    /// </summary>
    public async IAsyncEnumerable<Page<Record>> MissedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = parts.Range.Identity.RangeEnd;
        if (!handedOn.HasPages || AreWhole || !plan.Is(SearchStrategy.Window) || !(handedOn.Oldest + 1 < end)
            || parts.Limit.IsReached(Received)
            || await IsAllAsync(cancellationToken).ConfigureAwait(false))
            yield break;
        parts.Signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
            $"{Received:N0} of {parts.Proof.ExpectedNow:N0} events were received: the part of the first job is read again"));
        var part = new TimeWindow(handedOn.Oldest!.Value + 1, end!.Value, null, IsNewest: true);
        var pages = walks.Windows(plan.Buffer!, static _ => { }).PagesAsync([part], 1, static _ => { }, cancellationToken);
        await foreach (var page in handedOn.WithoutAsync(pages).ConfigureAwait(false))
        {
            var missed = parts.Limit.Cut(page, Received);
            if (missed.Items.Count > 0)
                yield return parts.Tally.Number(missed, null);
        }
    }

    // Events that were passed on are recognised by their ids if more follow.
    private static bool CanFollow(QueryResult answer) =>
        answer.Metadata.HasMoreEvents != true
            || (!answer.Metadata.TimeSettingsOverwritten && answer.Events.All(e => e.HasId && e.Timestamp is not null));

    private bool IsPassedOn(QueryResult answer)
    {
        if (CanFollow(answer) && !answer.Metadata.IsAggregate)
            return true;
        if (!answer.Metadata.IsAggregate)
            firstJob.BeginCount(isCut: false);
        return false;
    }

    // The first answer is not passed on, because other events could not be told apart from it.
    private async Task ChooseAsync(QueryResult first, FirstResult? opened, CancellationToken cancellationToken)
    {
        if (opened is not null)
            parts.Runner.Ledger.Delete(opened.JobId);
        if (!firstJob.IsAggregate)
            firstJob.BeginCount(isCut: false);
        firstJob.Answer = first;
        plan.Use(await parts.Planning.ChooseAsync(first, LargestWindow, cancellationToken).ConfigureAwait(false));
        if (opened is not null && plan.Is(SearchStrategy.Around))
            firstJob.Answer = null;
    }

    private async Task FollowAsync(QueryResult first, CancellationToken cancellationToken)
    {
        if (first.Events.Count == 0)
        {
            // Nothing shows how the server's rows look. The published walk needs nothing of that.
            plan.Use(new ChosenStrategy(SearchStrategy.Around, "the first answer had no events, but the server counts some"));
            firstJob.Answer = null;
            return;
        }
        var more = first with { Metadata = first.Metadata with { HasMoreEvents = true } };
        var left = handedOn.Oldest is { } oldest ? new RangeLeft(oldest + 1, Received - handedOn.AtOldest) : null;
        plan.Use(await parts.Planning.ChooseAsync(more, LargestWindow, cancellationToken, left).ConfigureAwait(false));
    }

    private async Task<bool> IsAllAsync(CancellationToken cancellationToken)
    {
        var expected = await parts.Proof.ConfirmedAsync(Received, isAll: true, cancellationToken).ConfigureAwait(false);
        return !(Received < expected);
    }

    private async IAsyncEnumerable<Page<Record>> FirstJobPagesAsync(
        FirstResult? opened, QueryResult first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (opened is null or { HoldsAll: true })
        {
            // One answer has no next page, whatever its number of events is.
            var whole = new Pager<PollOptions, QueryResult, Record>(new WholeAnswerStrategy(), new OneAnswer(first),
                parts.Options with { Limit = parts.Spec.MaxEvents, MostUncounted = long.MaxValue });
            await foreach (var page in whole.PagesAsync(null, cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        // A slow reader must not lose the job.
        var heartbeat = new JobHeartbeat(parts.Client, opened.JobId);
        await using var _ = heartbeat.ConfigureAwait(false);
        var window = parts.Range.Whole with { IsWhole = true };
        var oldestFirst = opened.Buffer.OldestFirst;
        var pager = new Pager<PollOptions, QueryResult, Record>(
            new WindowStrategy(window, opened.Total, WindowFetcher.Slice, oldestFirst, mustFollow: true, inOrder: true),
            new SlicesOfJob(parts.Runner, opened.JobId, oldestFirst ? null : opened.Answer),
            parts.Options with { Limit = parts.Spec.MaxEvents });
        await foreach (var page in pager.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            yield return page;
    }
}
