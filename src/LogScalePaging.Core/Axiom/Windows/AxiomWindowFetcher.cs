using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Axiom.Windows;

/// <summary>
/// Fetches one window by a separate walk. One request is enough if the window has as many events as planned. If it has more, the walk has
/// more pages, so a window never needs to be split.
/// </summary>
/// <param name="walk">The walk over the whole range.</param>
/// <param name="client">Sends its requests.</param>
/// <param name="options">Signals, clock and identity for the pagers.</param>
/// <param name="parallel">Maximum number of parallel windows.</param>
#pragma warning disable CA1001 // the semaphore has nothing to dispose, because its wait handle is never used
internal sealed class AxiomWindowFetcher(AxiomWalk walk, AxiomClient client, PagerOptions options, int parallel) : IWindowFetcher
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(parallel);
    private readonly RowNoting _noting = new(walk.Range.Start, walk.Range.End);
    private volatile bool _endIsInclusive;

    /// <inheritdoc/>
    public long Capacity => AxiomQuery.MostRows;

    /// <inheritdoc/>
    public bool CanWalk => true;

    /// <inheritdoc/>
    public async Task<FetchedWindow?> FetchAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken,
        long? counted = null) =>
        await WalkAsync(window, counted ?? window.Planned, sink, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<FetchedWindow> WalkAsync(TimeWindow window, long? expected, IWindowSink sink, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        IWindowWriter? writer = null;
        try
        {
            var (start, end) = RangeOf(window);
            var pager = new Pager<AxiomQuery, AxiomAnswer, Record>(
                new AxiomTimeStrategy(walk with { Range = new AxiomRange(start, end), Expected = expected }), client, options);
            writer = sink.Open(window);
            var (rows, notes) = (0L, default(RowNotes));
            await foreach (var page in pager.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            {
                var own = Owned(page, window);
                rows += own.Items.Count;
                notes += _noting.Of(own, null);
                writer.Append(own);
            }
            return new FetchedWindow(writer, rows, notes);
        }
        catch
        {
            writer?.Discard();
            throw;
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public (long Start, long End) RangeOf(TimeWindow window) =>
        (window.Start, _endIsInclusive && !window.IsNewest ? window.End - 1 : window.End);

    /// <inheritdoc/>
    public bool CountsNeighbour(TimeWindow window) => false;

    /// <inheritdoc/>
    public bool IsCutAt(long rows, long expected) => false;

    /// <inheritdoc/>
    public bool IsWorthSplitting(TimeWindow window, long rows) => false;

    /// <inheritdoc/>
    public void Keep()
    {
        // The time of an event shows to which window it belongs.
    }

    /// <inheritdoc/>
    public void Drop()
    {
        // Nothing was remembered.
    }

    private Page<Record> Owned(Page<Record> page, TimeWindow window)
    {
        if (page.Items.All(e => e.Timestamp is { } time && window.Owns(time)))
            return page;
        _endIsInclusive |= page.Items.Any(e => e.Timestamp == window.End);
        return page with { Items = [.. page.Items.Where(e => e.Timestamp is { } time && window.Owns(time))] };
    }
}
