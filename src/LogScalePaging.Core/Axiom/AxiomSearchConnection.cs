using LogScalePaging.Axiom.Answers;
using LogScalePaging.Axiom.Apl;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Search.Windows;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Axiom;

/// <summary>A connection to Axiom, for one organisation.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
/// <param name="organisation">Id of the organisation; null for the token's own.</param>
public sealed class AxiomSearchConnection(ApiTransport transport, string? organisation = null) : SearchConnection(transport)
{
    /// <inheritdoc/>
    public override string System => AxiomRequest.SystemName;

    /// <inheritdoc/>
    public override string? Tenant { get; } = organisation;

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => AxiomRequest.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        var asked = request as AxiomRequest
            ?? throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));
        asked.EnsureValid();
        var query = asked.Parsed();
        EnsureCan(asked, query);
        var isWhole = query.WhyWhole is not null;
        var schema = isWhole ? AxiomFields.Whole
            : asked.Paging == AxiomPaging.Cursor ? AxiomFields.ByCursor(asked.Order)
            : AxiomFields.ByTime(asked.Order);
        var client = new AxiomClient(Transport.With(signals), schema, query.Dataset);
        var plan = new AxiomPlan(asked, query, schema, client, signals, progress);
        var range = asked.Pinned(Transport.Time.GetUtcNow());
        var dataset = query.Dataset ?? "(in the query)";
        var identity = new WalkIdentity(System, Transport.Host, dataset, asked.Query, range.Start, range.End) { Tenant = Tenant };
        return new PagedSearch<AxiomQuery, AxiomAnswer>(plan.Source(identity, Transport.Time), request);
    }

    /// <inheritdoc/>
    internal override ISliceSource Slices(SearchRequest request, SignalLog signals) => request is AxiomRequest asked
        ? new AxiomSlices(this, asked, signals)
        : throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));

    /// <inheritdoc/>
    public override StepTraits StepsOf(SearchRequest request) =>
        request is AxiomRequest asked ? new StepTraits(asked.Parsed().WhyWhole) : base.StepsOf(request);

    // Axiom answers 403 to an unknown token, too.
    internal override bool ForbiddenMeansKnownToken => false;

    // There is no default data set. The error about one that does not exist shows that the token was accepted.
    internal override async Task<bool> ProbeAsync(string? repository, SignalLog signals, CancellationToken cancellationToken)
    {
        const string Absent = "logscale-paging-connection-test";
        var now = Transport.Time.GetUtcNow().ToUnixTimeMilliseconds() * RecordTime.PerMillisecond(TimeUnit.Nanoseconds);
        var query = new AxiomQuery(
            AxiomRequest.QueryOf(repository ?? Absent, "count"), now - RecordTime.PerMillisecond(TimeUnit.Nanoseconds), now);
        var client = new AxiomClient(Transport.With(signals), AxiomFields.Whole, repository);
        try
        {
            await client.AskAsync(query, cancellationToken).ConfigureAwait(false);
            return repository is not null;
        }
        catch (ApiException e) when (repository is null && (e.Kind is ApiErrorKind.NotFound or ApiErrorKind.BadRequest))
        {
            return false;
        }
    }

    /// <exception cref="ArgumentException">The query cannot be read with the requested paging.</exception>
    private static void EnsureCan(AxiomRequest asked, AplQuery query)
    {
        if (query.EndsWithRender)
            throw new ArgumentException("The query ends with render, which draws a chart. Remove it to read the rows.");
        if (asked.Paging != AxiomPaging.Auto && query.WhyWhole is { } why)
        {
            throw new ArgumentException($"The query cannot be read with the paging {asked.Paging}, because {why}. Use the paging Auto to "
                + "get the whole result in one answer.");
        }
        if (asked.Paging == AxiomPaging.Cursor && query.MultipliesRows)
        {
            throw new ArgumentException("The query cannot be read with the paging Cursor, because mv-expand makes several rows with the "
                + "same cursor. Use the paging Time.");
        }
    }
}
