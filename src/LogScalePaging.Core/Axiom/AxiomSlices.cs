using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;
using LogScalePaging.Axiom.Windows;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Axiom;

/// <summary>Pins, counts and measures a range of Axiom for slices.</summary>
internal sealed class AxiomSlices : ISliceSource
{
    private readonly AplQuery _query;
    private readonly AxiomClient _client;
    private readonly AxiomRange _range;
    private readonly AxiomHistogram _histogram;
    private readonly SemaphoreSlim _places;

    /// <param name="connection">The connection.</param>
    /// <param name="asked">The search.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <exception cref="ArgumentException">The query cannot be cut. The message says why.</exception>
    public AxiomSlices(AxiomSearchConnection connection, AxiomRequest asked, SignalLog signals)
    {
        asked.EnsureValid();
        _query = asked.Parsed();
        var why = _query.WhyWhole ?? (asked.MaxEvents is null ? null : "a limit of events applies to the whole range");
        if (why is not null)
            throw new ArgumentException(
                $"The query cannot be cut into slices: {why}. Export it in one run, or remove this step from the query.");
        _range = asked.Pinned(connection.Transport.Time.GetUtcNow());
        Schema = asked.Paging == AxiomPaging.Cursor ? AxiomFields.ByCursor(asked.Order) : AxiomFields.ByTime(asked.Order);
        Identity = new WalkIdentity(connection.System, connection.Transport.Host, _query.Dataset ?? "(in the query)", asked.Query,
            _range.Start, _range.End)
        {
            Tenant = connection.Tenant,
        };
        _client = new AxiomClient(connection.Transport.With(signals), Schema, _query.Dataset);
        _histogram = new AxiomHistogram(_query, _client, signals);
        _places = new SemaphoreSlim(asked.Parallel);
    }

    /// <inheritdoc/>
    public WalkIdentity Identity { get; }

    /// <inheritdoc/>
    public RecordSchema Schema { get; }

    /// <inheritdoc/>
    public long Grain => RecordTime.PerMillisecond(Schema.TimeUnit);

    /// <inheritdoc/>
    public Task<long> OpenAsync(CancellationToken cancellationToken) => CountAsync(_range.Start, _range.End, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Bucket>> BarsAsync(long most, CancellationToken cancellationToken)
    {
        try
        {
            // The bars of a refined histogram have at most a fifth of this number.
            var bar = (int)Math.Max(1, Math.Min(most / 4, int.MaxValue));
            return await _histogram.ReadAsync(_range, bar, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, $"The server cannot count the query by time: {e.Message}.", e);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> IncludesEndAsync(IReadOnlyList<Bucket> bars, CancellationToken cancellationToken)
    {
        // A bar does not show the time of its newest event, so the event is read.
        if (bars.Count == 0)
            return false;
        var bar = bars[bars.Count - 1];
        var newest = await NewestAsync(bar.Start, bar.End, cancellationToken).ConfigureAwait(false);
        if (newest is not { } time || time <= _range.Start)
            return false;
        return await NewestAsync(_range.Start, time, cancellationToken).ConfigureAwait(false) == time;
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(long start, long end, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _client.CountAsync(new AxiomQuery(_query.With("count"), start, end), cancellationToken)
                .AsPagingAsync().ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _places.Dispose();
        return default;
    }

    private async Task<long?> NewestAsync(long start, long end, CancellationToken cancellationToken)
    {
        var apl = _query.With(FormattableString.Invariant($"sort by {AxiomFields.Time} desc"), "limit 1");
        var answer = await _client.AskAsync(new AxiomQuery(apl, start, end), cancellationToken).AsPagingAsync().ConfigureAwait(false);
        return answer.Rows.Count > 0 ? answer.Rows[0].Timestamp : null;
    }
}
