using System.Runtime.CompilerServices;
using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Walks;

/// <summary>The pages of a search, in the way of its strategy. Events that an answer lacked are read again.</summary>
internal sealed class SearchPages
{
    private readonly SearchParts _parts;
    private readonly SearchPlan _plan;
    private readonly FirstJob _firstJob;
    private readonly StrategyWalks _walks;
    private readonly FirstPages _firstPages;
    private readonly HandedOn _handedOn = new();

    public SearchPages(SearchParts parts, SearchPlan plan, FirstJob firstJob, StrategyWalks walks)
    {
        (_parts, _plan, _firstJob, _walks) = (parts, plan, firstJob, walks);
        _firstPages = new FirstPages(parts, plan, firstJob, walks, _handedOn);
    }

    /// <summary>True if a walk by anchors received fewer events than were counted. A second walk usually has them.</summary>
    public bool AreShort => !_firstJob.IsAggregate && _plan.Is(SearchStrategy.Around) && Received < _parts.Proof.ExpectedNow
        && !_parts.Limit.IsReached(Received);

    private long Received => _parts.Tally.Received;

    /// <summary>
    /// The pages of the search, newest event first. If there are fewer events than were counted, the range is walked again, and the
    /// missing events come last.
    /// </summary>
    /// <inheritdoc cref="ISearch.PagesAsync"/>
    public async IAsyncEnumerable<Page<Record>> ReadAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var invalid = 0L;
        await foreach (var page in WalkAsync(from, cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        await foreach (var page in _firstPages.MissedAsync(cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        await foreach (var page in MissedPagesAsync(cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        InvalidText.Report(invalid, _parts.Signals);
    }

    /// <inheritdoc cref="ISearch.WalkAsync"/>
    public async IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (from is null && _plan.Current is null && _firstPages.AreFirst)
        {
            await foreach (var page in _firstPages.ReadAsync(cancellationToken).ConfigureAwait(false))
                yield return page;
            if (_firstPages.AreWhole)
                yield break;
        }
        else if (from is null && _plan.Current is null)
        {
            await _firstJob.OpenAsync(FirstPages.LargestWindow, cancellationToken).ConfigureAwait(false);
        }
        if (from is not null)
            _plan.Resume(from.Strategy);
        if (!_handedOn.HasPages)
            _parts.Tally.Begin(from);
        // All rows of the job are read before the first page is passed on, because only then is it certain that they are complete.
        var sink = new OrderedSink();
        var fetch = _plan.Is(SearchStrategy.OneJob)
            ? _walks.TryOneJobAsync(sink, CountedLater, cancellationToken)
            : Task.FromResult(false);
        var isWhole = await fetch.ConfigureAwait(false);
        if (isWhole || _plan.Is(SearchStrategy.Window))
        {
            _parts.Tally.AddMissing(sink.Missing);
            var pages = isWhole ? sink.InOrderAsync(fetch) : WindowPagesAsync(cancellationToken);
            if (_handedOn.HasPages)
                pages = _handedOn.WithoutAsync(pages);
            var limited = new WindowPages(_parts.Tally, _parts.Limit).ReadAsync(pages, cancellationToken);
            await foreach (var page in limited.ConfigureAwait(false))
                yield return page;
            yield break;
        }
        _walks.Recall?.Invoke(_handedOn.Known);
        var handedOn = _handedOn.HasPages ? Received : 0;
        await foreach (var page in _walks.Around(_handedOn.Known, handedOn).PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            if (_handedOn.HasPages)
            {
                // A page with only known events is not handed on.
                if (page.Items.Count > 0 || page.Info.End is not null)
                    yield return _parts.Tally.Number(page with { Info = page.Info with { Duplicates = 0 } }, page.Info.End);
                continue;
            }
            _parts.Tally.Add(page);
            yield return page;
        }
    }

    /// <inheritdoc cref="ISearch.BeginAgain"/>
    public void BeginAgain()
    {
        SayWalkedAgain();
        (_firstJob.Answer, _walks.Recall) = (null, null);
        _handedOn.Forget();
        _parts.Tally.TakeOver(0, default, 0);
    }

    // Events that are read ahead are counted when they are passed on.
    private static void CountedLater(FetchedWindow window)
    {
    }

    private IAsyncEnumerable<Page<Record>> WindowPagesAsync(CancellationToken cancellationToken) =>
        _walks.Windows(_plan.Buffer!, CountedLater).PagesAsync(
            _plan.Current!.Windows!, _parts.Range.AsSent ? 1 : _parts.Spec.Parallel, AddMissing, cancellationToken);

    // An event that a window lacks may have been passed on. The count of the range shows how many are missing.
    private void AddMissing(long missing)
    {
        if (!_handedOn.HasPages || _handedOn.Oldest is not null)
            _parts.Tally.AddMissing(missing);
    }

    // A row that was missing in one answer is usually in the next one.
    private async IAsyncEnumerable<Page<Record>> MissedPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!AreShort)
            yield break;
        SayWalkedAgain();
        _firstJob.Answer = null;
        await foreach (var page in _walks.Around(null).PagesAsync(null, cancellationToken).ConfigureAwait(false))
        {
            var missed = page.Items.Where(e => RecordIdentity.Of(in e) is var identity && !identity.IsNone
                && _handedOn.Known.Add(identity) != Sighting.Known).ToList();
            var info = page.Info with { Duplicates = 0, RepeatedIds = 0, WithoutId = 0 };
            var found = _parts.Limit.Cut(page with { Items = missed, Next = null, Info = info }, Received);
            if (found.Items.Count == 0)
                continue;
            _parts.Tally.Add(found);
            yield return found;
        }
    }

    private void SayWalkedAgain() => _parts.Signals.Verbose(SignalKind.AnswerReread, FormattableString.Invariant(
        $"the range is walked again, because the walk received {Received:N0} of {_parts.Proof.ExpectedNow:N0} events"));
}
