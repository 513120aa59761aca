using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Windows;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.LogScale;

/// <summary>What a search would read. It opens like an export, so the strategy is the one that an export would use.</summary>
internal sealed partial class LogScaleSearch
{
    // The rows of the first answer, and the time until it was there.
    private IReadOnlyList<Record> _sample = [];
    private TimeSpan _sampleTime;

    /// <inheritdoc/>
    public async Task<SearchEstimate> EstimateAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(toFile: true, cancellationToken).ConfigureAwait(false);
        // An aggregate has no count. Its rows are the result.
        var count = IsAggregate ? _sample.Count : await _proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var found = new SearchEstimate { Count = count, WhyNoCount = count is null ? _proof.WhyNoCount() : null, Limit = _spec.MaxEvents };
        var (jobs, steps) = Work(found.Wanted);
        return found.With(_sample, _sampleTime) with { Jobs = jobs, Steps = steps };
    }

    private (long? Jobs, long? Steps) Work(long? wanted) => Plan switch
    {
        { IsParallel: true, Windows: { } windows } => (windows.Count, SearchEstimate.Parts(windows.Count, _spec.Parallel)),
        { Strategy: nameof(SearchStrategy.Around) } => Pages(wanted),
        // One job, or one stream, whose rows are read in slices.
        { Windows: not null } => (1, wanted is { } rows ? SearchEstimate.Parts(rows, WindowFetcher.Slice) : null),
        _ => (1, 1),
    };

    private (long? Jobs, long? Steps) Pages(long? wanted) =>
        wanted is { } events && SearchEstimate.Parts(events, _spec.PageSize) is var pages ? (pages, pages) : (null, null);

    private void Sample(IReadOnlyList<Record> rows, long started) =>
        (_sample, _sampleTime) = (rows, _connection.Transport.Time.GetElapsedTime(started));
}
