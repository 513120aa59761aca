using System.Runtime.CompilerServices;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Search;

/// <summary>
/// The search of a system whose answers say where the next page begins. It walks from page to page, gives each page a checkpoint, counts
/// before and after the walk, and makes the verdict.
/// </summary>
/// <param name="source">Requests, reads and counts pages.</param>
/// <param name="request">The request of the user.</param>
internal sealed class PagedSearch<TRequest, TResponse>(PagedSource<TRequest, TResponse> source, SearchRequest request) : ISearch
{
    private const string Resumed = "resumed from a checkpoint";

    private readonly CancellationTokenSource _stop = new();
    private readonly IdentitySet _known = new(source.Strategy.Memory);
    private readonly PagedTally _tally = new(source.Signals, source.Progress);
    private WalkCount _count = new(source.Count, !request.NoVerify, source.Signals);
    private IReadOnlyList<string> _earlierDoubts = [];
    private Action<Action<Record>>? _recall;

    /// <inheritdoc/>
    public WalkIdentity Identity => source.Identity;

    /// <inheritdoc/>
    public string System => source.System;

    /// <inheritdoc/>
    public RecordSchema Schema => source.Schema;

    /// <inheritdoc/>
    public FetchPlan? Plan { get; private set; }

    /// <inheritdoc/>
    public string PageStrategy => source.Strategy.Name;

    /// <inheritdoc/>
    public bool IsAsSent => source.Schema.Order == RecordOrder.AsSent;

    /// <inheritdoc/>
    public bool IsAggregate => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Doubts =>
        [.. _earlierDoubts.Concat(source.Doubts?.Invoke() ?? []).Select(source.Signals.Clean).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public long? ExpectedBefore => _count.Before;

    /// <inheritdoc/>
    public long? LateFrom => null;

    /// <inheritdoc/>
    public long Received => _tally.Received;

    /// <inheritdoc/>
    public long Duplicates => _tally.Duplicates;

    /// <inheritdoc/>
    public RowNotes Notes => _tally.Notes;

    /// <inheritdoc/>
    public bool IsShort => false;

    private RowNoting Noting => new(Identity.RangeStart, Identity.RangeEnd);

    private PagedWindows Windows => new(source.Windows!, source.Schema.Order == RecordOrder.OldestFirst, _count, source.Signals);

    /// <inheritdoc/>
    public void EnsureCanContinue(SavedPlan saved)
    {
        if (saved.Left is not null ? saved.Strategy != source.Windows?.Strategy : saved.Strategy != PageStrategy)
            throw new FormatException($"The strategy '{Common.Printable.Line(saved.Strategy)}' does not read these records.");
        if (saved.From is { } from)
            source.EnsureReadable?.Invoke(from.Position);
    }

    /// <inheritdoc/>
    public void ContinueFrom(SearchResumption earlier)
    {
        // A relative range now means another range than in the earlier run.
        if (source.Pinned is { } pinned)
            source = pinned(source.Identity with { RangeStart = earlier.Identity.RangeStart, RangeEnd = earlier.Identity.RangeEnd });
        _count = new WalkCount(source.Count, !request.NoVerify, source.Signals);
        _count.TakeOver(earlier.Expected);
        _tally.TakeOver(earlier);
        (_earlierDoubts, _recall) = (earlier.Doubts, earlier.Recall);
        if (earlier.Plan?.From is { } from)
            Plan = new FetchPlan(from.Strategy, Resumed);
        else if (earlier.Plan is { Left.Count: > 0 } windows)
            Plan = new FetchPlan(windows.Strategy, Resumed) { Windows = windows.Left, IsParallel = true };
    }

    /// <inheritdoc/>
    public async Task OpenAsync(bool toFile, CancellationToken cancellationToken)
    {
        _count.Begin(_stop.Token);
        Plan ??= source.Windows is null ? null : await Windows.TryPlanAsync(PageStrategy, cancellationToken).ConfigureAwait(false);
        Plan ??= new FetchPlan(PageStrategy, source.Reason);
        // Records that arrive after the first page and before the count would be counted, and then be missing. With a limit, the count does
        // not say which records are missing, and the first page need not wait.
        if (request.MaxEvents is null)
            await _count.BeforeAsync(source.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var invalid = 0L;
        await foreach (var page in WalkAsync(from, cancellationToken).ConfigureAwait(false))
        {
            invalid += InvalidText.Count(page.Items);
            yield return page;
        }
        InvalidText.Report(invalid, source.Signals);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (from is not null)
            Plan ??= new FetchPlan(from.Strategy, Resumed);
        await OpenAsync(toFile: false, cancellationToken).ConfigureAwait(false);
        if (from is null && Plan!.Windows is { } windows)
        {
            await foreach (var page in Windows.PagesAsync(windows, _tally, Noting, cancellationToken).ConfigureAwait(false))
                yield return page;
            yield break;
        }
        _recall?.Invoke(e => _known.Add(source.Strategy.IdentityOf(in e)));
        _tally.Begin(from);
        await foreach (var page in NewPager().PagesAsync(from, cancellationToken).ConfigureAwait(false))
        {
            _tally.Add(page, Noting, _count);
            yield return page;
        }
    }

    /// <inheritdoc/>
    public void BeginAgain() => throw new InvalidOperationException("A walk by position restarts where its strategy says so.");

    /// <inheritdoc/>
    public async Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken)
    {
        if (source.Windows!.Remember is { } remember)
            _recall?.Invoke(remember);
        await Windows.Walk(window => _tally.Add(window, _count)).FetchAsync(windows, sink, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public long CountOutside(IReadOnlyList<Record> records) =>
        records.Count(r => r.Timestamp < Identity.RangeStart || r.Timestamp > Identity.RangeEnd);

    /// <inheritdoc/>
    public void Keep(RowNotes notes) => _tally.Keep(notes);

    /// <inheritdoc/>
    public async Task<Completeness> JudgeAsync(CancellationToken cancellationToken)
    {
        var before = await _count.BeforeAsync(source.Time, cancellationToken).ConfigureAwait(false);
        var facts = new SearchFacts
        {
            Before = before,
            Received = Received,
            Notes = Notes,
            KnownMissing = _tally.Missing,
            Doubts = Doubts,
            Order = Schema.Order
        };
        if (request.MaxEvents is { } limit && (Received >= limit || before >= limit))
            return Say(Completeness.Judge(facts with { Limit = limit }));
        // One answer held all records and agrees with the count. Nothing can have changed in between.
        var after = _tally.Pages <= 1 && before == Received && source.Count is not null
            ? null
            : await _count.NowAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Say(Completeness.Judge(facts with { After = after, WhyNoCount = _count.WhyNone }));
    }

    /// <inheritdoc/>
    public Completeness JudgeBroken(string why) => Completeness.Broken(ExpectedBefore, Received, why, request.MaxEvents);

    /// <inheritdoc/>
    public async Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(toFile: true, cancellationToken).ConfigureAwait(false);
        var started = source.Time.GetTimestamp();
        var pages = NewPager().PagesAsync(null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = pages.ConfigureAwait(false);
        var first = await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : new Page<Record>([], null, new PageInfo());
        var took = source.Time.GetElapsedTime(started);
        _count.See(first.Info.Total);
        var count = await _count.BeforeAsync(source.Time, cancellationToken).ConfigureAwait(false);
        if (first.Info.End is { Reason: not EndReason.Limit })
            count ??= first.Items.Count;
        var found = new SearchEstimate
        {
            Count = count,
            WhyNoCount = count is null ? _count.WhyNone ?? "the server states no total" : null,
            Limit = request.MaxEvents
        };
        long? jobs = Plan!.Windows is { } windows
            ? windows.Count
            : found.Wanted is { } wanted ? SearchEstimate.Parts(wanted, first.Items.Count) : null;
        return found.With(first.Items, took) with
        {
            Jobs = jobs,
            Steps = Plan.Windows is null ? jobs : SearchEstimate.Parts(jobs!.Value, source.Windows!.Ahead)
        };
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(CancellationToken cancellationToken) => source.Count is { } count
        ? await count(cancellationToken).AsPagingAsync().ConfigureAwait(false)
        : throw new PagingException(PagingErrorKind.RequestFailed, "The server has no separate count for these records.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        await _count.SettleAsync().ConfigureAwait(false);
        if (source.CleanUp is { } cleanUp)
            await cleanUp().ConfigureAwait(false);
        _stop.Dispose();
    }

    private Pager<TRequest, TResponse, Record> NewPager() => new(source.Strategy, source.Requests, new PagerOptions
    {
        Identity = Identity,
        Signals = source.Signals,
        Time = source.Time,
        Known = _known,
        Limit = request.MaxEvents,
        Expected = _count.Running,
        Recount = _count.NowAsync,
    });

    private Completeness Say(Completeness verdict) => verdict.ReportTo(source.Signals, wantsProof: !request.NoVerify);
}
