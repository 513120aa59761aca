using System.Runtime.CompilerServices;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Tenants;

/// <summary>A search that checks every record before it is passed on. A page with a refused record is not passed on at all.</summary>
/// <param name="inner">The search.</param>
/// <param name="guard">Checks a record.</param>
internal sealed class GuardedSearch(ISearch inner, RecordGuard guard) : ISearch
{
    private long _refused;

    /// <inheritdoc/>
    public WalkIdentity Identity => inner.Identity;

    /// <inheritdoc/>
    public string System => inner.System;

    /// <inheritdoc/>
    public RecordSchema Schema => inner.Schema;

    /// <inheritdoc/>
    public FetchPlan? Plan => inner.Plan;

    /// <inheritdoc/>
    public string PageStrategy => inner.PageStrategy;

    /// <inheritdoc/>
    public bool IsAsSent => inner.IsAsSent;

    /// <inheritdoc/>
    public bool IsAggregate => inner.IsAggregate;

    /// <inheritdoc/>
    public IReadOnlyList<string> Doubts => inner.Doubts;

    /// <inheritdoc/>
    public long? ExpectedBefore => inner.ExpectedBefore;

    /// <inheritdoc/>
    public long? LateFrom => inner.LateFrom;

    /// <inheritdoc/>
    public long Received => inner.Received - _refused;

    /// <inheritdoc/>
    public long Duplicates => inner.Duplicates;

    /// <inheritdoc/>
    public RowNotes Notes => inner.Notes;

    /// <inheritdoc/>
    public bool IsShort => inner.IsShort;

    /// <inheritdoc/>
    public void EnsureCanContinue(SavedPlan saved) => inner.EnsureCanContinue(saved);

    /// <inheritdoc/>
    public void ContinueFrom(SearchResumption earlier) => inner.ContinueFrom(earlier);

    /// <inheritdoc/>
    public Task OpenAsync(bool toFile, CancellationToken cancellationToken) => inner.OpenAsync(toFile, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Page<Record>> PagesAsync(Checkpoint? from, CancellationToken cancellationToken) =>
        CheckedAsync(inner.PagesAsync(from, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Page<Record>> WalkAsync(Checkpoint? from, CancellationToken cancellationToken) =>
        CheckedAsync(inner.WalkAsync(from, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void BeginAgain() => inner.BeginAgain();

    /// <inheritdoc/>
    public Task<bool> FetchWindowsAsync(IReadOnlyList<TimeWindow> windows, IWindowSink sink, CancellationToken cancellationToken) =>
        inner.FetchWindowsAsync(windows, new GuardedSink(sink, guard), cancellationToken);

    /// <inheritdoc/>
    public long CountOutside(IReadOnlyList<Record> records) => inner.CountOutside(records);

    /// <inheritdoc/>
    public void Keep(RowNotes notes) => inner.Keep(notes);

    /// <inheritdoc/>
    public Task<Completeness> JudgeAsync(CancellationToken cancellationToken) => inner.JudgeAsync(cancellationToken);

    /// <inheritdoc/>
    public Completeness JudgeBroken(string why) => inner.JudgeBroken(why) with { Received = Received };

    /// <inheritdoc/>
    public Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken) => inner.EstimateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async IAsyncEnumerable<Page<Record>> CheckedAsync(
        IAsyncEnumerable<Page<Record>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // The search has counted the page already, and it is not passed on if a record in it is refused.
            _refused = page.Items.Count;
            foreach (var record in page.Items)
                guard(in record);
            _refused = 0;
            yield return page;
        }
    }
}
