using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.LogScale.Walks;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale;

/// <summary>
/// The pages of a search for a reader who waits for each of them. The rows of the first job are handed on before anything else is
/// requested, because the reader may need no more. What follows starts at the oldest of them, and known events are dropped.
/// </summary>
internal sealed partial class LogScaleSearch
{
    private bool _handsOn;
    private bool _isWhole;
    private long? _oldest;
    private long _atOldest;

    // If a function compares events or makes several rows of one, the result must come from a single evaluation.
    private bool HandsOnFirst =>
        _spec.Strategy == SearchStrategy.Auto && _traits is { Cutting.Allowed: true, WritesTimestamp: false, MultipliesRows: false };

    // Handed-on events are recognised by their ids if more follow.
    private static bool CanFollow(QueryResult answer) =>
        answer.Metadata.HasMoreEvents != true
            || (!answer.Metadata.TimeSettingsOverwritten && answer.Events.All(e => e.HasId && e.Timestamp is not null));

    private async IAsyncEnumerable<Page<Record>> FirstPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _beginCount = static () => { };
        var opened = await FirstTailAsync(keepsCut: true, cancellationToken).ConfigureAwait(false);
        var first = opened?.Sorted(hasMore: opened.IsCut)
            ?? await NewFirstAnswer().GetAsync(_pace, Poll, cancellationToken, IsPassedOn).ConfigureAwait(false);
        (IsAggregate, _firstRows) = (first.Metadata.IsAggregate, first.Events.Count);
        if (!CanFollow(first) || IsAggregate)
        {
            await ChooseAsync(first, opened, cancellationToken).ConfigureAwait(false);
            yield break;
        }
        var isCut = first.Metadata.HasMoreEvents == true;
        Use(new ChosenStrategy(SearchStrategy.Single, isCut ? "the events of the first job" : "the result fits into one answer"));
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
                // The rows of the job cannot be read. Those that were handed on stay valid, and windows bring the others.
                catch (PagingException e) when (e.InnerException is JobLostException or SlicesDisagreeException or OtherOrderException)
                {
                    failure = e.Message;
                    break;
                }
                var page = pages.Current;
                Remember(page.Items);
                _handsOn = true;
                yield return _tally.Number(page, isCut && page.Info.End?.Reason != EndReason.Limit ? null : page.Info.End);
                BeginCount(isCut);
            }
        }
        if (opened is not null)
            _runner.Ledger.Delete(opened.JobId);
        BeginCount(isCut);
        _isWhole = Limit.IsReached(Received)
            || (!isCut && failure is null && await IsWholeAsync(cancellationToken).ConfigureAwait(false));
        if (_isWhole)
        {
            _tally.IsOneJob();
            yield break;
        }
        // If the first job should have had all events, the missing ones can be anywhere.
        _oldest = isCut && failure is null ? _oldest : null;
        _first = opened is null ? first with { Metadata = first.Metadata with { HasMoreEvents = true } } : null;
        await FollowAsync(first, cancellationToken).ConfigureAwait(false);
    }

    // The windows after the first job are read until they have all of their events. If events are missing, the first job lacks them.
    private async IAsyncEnumerable<Page<Record>> MissedByFirstJobAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_handsOn || _isWhole || Plan?.Strategy != nameof(SearchStrategy.Window) || !(_oldest + 1 < _range.Identity.RangeEnd)
            || Limit.IsReached(Received)
            || await IsWholeAsync(cancellationToken).ConfigureAwait(false))
            yield break;
        _signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
            $"{Received:N0} of {ExpectedBefore:N0} events were received: the part of the first job is read again"));
        var part = new TimeWindow(_oldest!.Value + 1, _range.Identity.RangeEnd!.Value, null, IsNewest: true);
        var pages = NotHandedOn(Walk(Buffer!, CountedLater).PagesAsync([part], 1, static _ => { }, cancellationToken));
        await foreach (var page in pages.ConfigureAwait(false))
        {
            var missed = Limit.Cut(page, Received);
            if (missed.Items.Count > 0)
                yield return _tally.Number(missed, null);
        }
    }

    private Task<FirstResult?> FirstTailAsync(bool keepsCut, CancellationToken cancellationToken) => FirstTail.IsFirst(_spec, _traits)
        ? new FirstTail(_connection.Buffers, _runner, _range, _spec, _traits, _evidence, _signals)
            .RunAsync(_pace, Poll, _beginCount, keepsCut, cancellationToken).AsPagingAsync()
        : Task.FromResult<FirstResult?>(null);

    private FirstAnswer NewFirstAnswer() => new(_runner, _range, _proof, _traits, _evidence, _signals);

    private bool IsPassedOn(QueryResult answer)
    {
        if (CanFollow(answer) && !answer.Metadata.IsAggregate)
            return true;
        if (!answer.Metadata.IsAggregate)
            BeginCount(isCut: false);
        return false;
    }

    // The first answer is not handed on, because other events could not be told apart from it.
    private async Task ChooseAsync(QueryResult first, FirstResult? opened, CancellationToken cancellationToken)
    {
        if (opened is not null)
            _runner.Ledger.Delete(opened.JobId);
        if (!IsAggregate)
            BeginCount(isCut: false);
        _first = first;
        Use(await _planning.ChooseAsync(first, PipelineWindow, cancellationToken).ConfigureAwait(false));
        if (opened is not null && Plan!.Strategy == nameof(SearchStrategy.Around))
            _first = null;
    }

    private async Task FollowAsync(QueryResult first, CancellationToken cancellationToken)
    {
        if (first.Events.Count == 0)
        {
            // Nothing shows how the server's rows look. The published walk needs nothing of that.
            Use(new ChosenStrategy(SearchStrategy.Around, "the first answer had no events, but the server counts some"));
            _first = null;
            return;
        }
        var more = first with { Metadata = first.Metadata with { HasMoreEvents = true } };
        var left = _oldest is { } oldest ? new RangeLeft(oldest + 1, Received - _atOldest) : null;
        Use(await _planning.ChooseAsync(more, PipelineWindow, cancellationToken, left).ConfigureAwait(false));
    }

    // Windows need a histogram, whose sum is the count.
    private void BeginCount(bool isCut)
    {
        if (_proof.HasBegun)
            return;
        if (isCut)
            _histogram.Begin(_stop.Token);
        if (!_proof.HasBegun)
            CountPinned();
    }

    private async Task<bool> IsWholeAsync(CancellationToken cancellationToken)
    {
        var expected = await _proof.ConfirmedAsync(Received, isAll: true, cancellationToken).ConfigureAwait(false);
        return !(Received < expected);
    }

    private async IAsyncEnumerable<Page<Record>> FirstJobPagesAsync(
        FirstResult? opened, QueryResult first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (opened is null or { HoldsAll: true })
        {
            // One answer has no next page, whatever its number of events is.
            var whole = new Pager<PollOptions, QueryResult, Record>(
                new WholeAnswerStrategy(), new OneAnswer(first), Options with { Limit = _spec.MaxEvents, MostUncounted = long.MaxValue });
            await foreach (var page in whole.PagesAsync(null, cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        // A slow reader must not lose the job.
        var heartbeat = new JobHeartbeat(_client, opened.JobId);
        await using var _ = heartbeat.ConfigureAwait(false);
        var window = _range.Whole with { IsWhole = true };
        var oldestFirst = opened.Buffer.OldestFirst;
        var pager = new Pager<PollOptions, QueryResult, Record>(
            new WindowStrategy(window, opened.Total, WindowFetcher.Slice, oldestFirst, mustFollow: true, inOrder: true),
            new SlicesOfJob(_runner, opened.JobId, oldestFirst ? null : opened.Answer),
            Options with { Limit = _spec.MaxEvents });
        await foreach (var page in pager.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            yield return page;
    }

    // An event that a window lacks may have been handed on. The count of the range shows how many are missing.
    private void AddMissing(long missing)
    {
        if (!_handsOn || _oldest is not null)
            _tally.AddMissing(missing);
    }

    private void Remember(IReadOnlyList<Record> rows)
    {
        foreach (var row in rows)
        {
            _known.Add(RecordIdentity.Of(in row));
            if (row.Timestamp < (_oldest ?? long.MaxValue))
                (_oldest, _atOldest) = (row.Timestamp, 0);
            _atOldest += row.Timestamp == _oldest ? 1 : 0;
        }
    }

    // Only the instant at which the first job ended is read twice, unless the whole range is.
    private async IAsyncEnumerable<Page<Record>> NotHandedOn(IAsyncEnumerable<Page<Record>> pages)
    {
        await foreach (var page in pages.ConfigureAwait(false))
        {
            if (page.Items.Count == 0 || page.Items[0].Timestamp < _oldest)
            {
                yield return page;
                continue;
            }
            List<Record> fresh = [.. page.Items.Where(
                e => RecordIdentity.Of(in e) is var identity && (identity.IsNone || _known.Add(identity) != Sighting.Known))];
            yield return page with { Items = fresh, Info = page.Info with { WithoutId = fresh.Count(e => !e.HasId) } };
        }
    }
}
