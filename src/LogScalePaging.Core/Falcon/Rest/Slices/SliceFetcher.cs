using System.Collections.Concurrent;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Proof;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Falcon.Rest.Slices;

/// <summary>
/// Fetches one slice by a separate walk with its own page tokens. A slice with more records than planned has more pages, so a slice never
/// needs to be split.
/// </summary>
/// <param name="slices">Requests and counts slices.</param>
/// <param name="options">Signals, clock and identity for the pagers.</param>
internal sealed class SliceFetcher(FalconSlices slices, PagerOptions options) : IWindowFetcher
{
    private readonly RowNoting _noting = new(options.Identity.RangeStart, options.Identity.RangeEnd);
    private readonly ConcurrentDictionary<(long Start, long End), SliceFacts> _facts = new();

    /// <summary>The records of all slices by their identity.</summary>
    public SliceIdentities Identities { get; } = new(record => FalconStrategy.Identity(in record));

    /// <summary>Records in all slices whose details were missing.</summary>
    public long MissingDetails => _facts.Values.Sum(facts => facts.MissingDetails);

    /// <inheritdoc/>
    public long Capacity => int.MaxValue;

    /// <inheritdoc/>
    public bool CanWalk => true;

    /// <summary>Saves the planned numbers of records, with which a walk sees that a page token is missing.</summary>
    public void Plan(IEnumerable<TimeWindow> windows)
    {
        foreach (var window in windows)
            _facts[RangeOf(window)] = new SliceFacts { Planned = window.Planned };
    }

    /// <summary>
    /// The records that the server counts in a slice, without those that moved into it from a slice that was read before.
    /// </summary>
    public async Task<long> CountAsync((long Start, long End) range, CancellationToken cancellationToken)
    {
        var facts = Facts(range);
        var total = await slices.SteadyTotalAsync(range, facts.Rows, cancellationToken).ConfigureAwait(false);
        return Math.Max(0, total - facts.Moved);
    }

    /// <inheritdoc/>
    public async Task<FetchedWindow?> FetchAsync(TimeWindow window, IWindowSink sink, CancellationToken cancellationToken,
        long? counted = null) =>
        await WalkAsync(window, counted ?? Facts(RangeOf(window)).Planned, sink, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<FetchedWindow> WalkAsync(TimeWindow window, long? expected, IWindowSink sink, CancellationToken cancellationToken)
    {
        using var turn = await slices.TurnAsync(cancellationToken).ConfigureAwait(false);
        var range = RangeOf(window);
        var (requests, strategy) = slices.Walk(range);
        var pager = new Pager<FalconPageRequest, FalconPage, Record>(strategy, requests, options with
        {
            Expected = expected is null ? null : Task.FromResult(expected),
            Recount = async token => await slices.SteadyTotalAsync(range, null, token).ConfigureAwait(false),
        });
        var writer = new SliceWriter(sink.Open(window), () => Identities.Close(range));
        try
        {
            long rows = 0, moved = 0, repeated = 0;
            var notes = default(RowNotes);
            await foreach (var page in pager.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            {
                var own = page with { Items = Identities.Own(range, page.Items) };
                (rows, moved) = (rows + own.Items.Count, moved + page.Items.Count - own.Items.Count);
                repeated += page.Info.Duplicates;
                notes += _noting.Of(own, null);
                writer.Append(own);
            }
            _facts[range] = new SliceFacts
            {
                Planned = expected,
                Rows = rows + moved,
                Moved = moved,
                MissingDetails = requests.MissingDetails
            };
            return new FetchedWindow(writer, rows, notes) { Repeated = repeated + moved };
        }
        catch
        {
            writer.Discard();
            throw;
        }
    }

    /// <inheritdoc/>
    public (long Start, long End) RangeOf(TimeWindow window) => (window.Start, window.End);

    /// <inheritdoc/>
    public bool CountsNeighbour(TimeWindow window) => false;

    /// <inheritdoc/>
    public bool IsCutAt(long rows, long expected) => false;

    /// <inheritdoc/>
    public bool IsWorthSplitting(TimeWindow window, long rows) => false;

    /// <inheritdoc/>
    public void Keep()
    {
        // The writer of a slice says that it is complete.
    }

    /// <inheritdoc/>
    public void Drop()
    {
        // The slice is read again and keeps its records.
    }

    private SliceFacts Facts((long Start, long End) range) => _facts.TryGetValue(range, out var facts) ? facts : default;

    private readonly record struct SliceFacts
    {
        public long? Planned { get; init; }

        /// <summary>Distinct records that the last walk listed; null before it.</summary>
        public long? Rows { get; init; }

        /// <summary>Those of them that another slice has.</summary>
        public long Moved { get; init; }

        public long MissingDetails { get; init; }
    }
}
