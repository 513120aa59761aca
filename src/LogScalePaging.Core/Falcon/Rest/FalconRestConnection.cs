using LogScalePaging.Diagnostics;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Transport;

namespace LogScalePaging.Falcon.Rest;

/// <summary>Falcon's REST API.</summary>
/// <param name="transport">The transport, with the tokens of Falcon; disposed with the connection.</param>
public sealed class FalconRestConnection(ApiTransport transport) : SearchConnection(transport)
{
    private FalconTokenSource? Tokens => Transport.Options.Tokens as FalconTokenSource;

    /// <inheritdoc/>
    public override string System => FalconRequest.SystemName;

    /// <inheritdoc/>
    public override string? Tenant => Tokens?.MemberCid;

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => FalconRequest.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        var asked = request as FalconRequest
            ?? throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));
        asked.EnsureValid();
        var identity = new WalkIdentity(System, Transport.Host, asked.Endpoint, asked.Query)
        {
            Tenant = Tenant,
            Arguments = asked.Arguments
        };
        if (asked.SliceBy is not null)
        {
            var (start, end) = asked.Pinned(Transport.Time.GetUtcNow());
            identity = identity with { RangeStart = start, RangeEnd = end };
        }
        return new PagedSearch<FalconPageRequest, FalconPage>(
            new FalconPlan(asked, Transport.With(signals), Schema(asked), signals, progress).Source(identity), asked);
    }

    /// <inheritdoc/>
    public override StepTraits StepsOf(SearchRequest request) => request is not FalconRequest asked ? base.StepsOf(request)
        : new StepTraits(asked.SliceBy is null
            ? "no time field of the records is named. Name one with -SliceBy (--slice-by), such as created_timestamp"
            : null);

    /// <inheritdoc/>
    public override async Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken)
    {
        if (Tokens is { } tokens)
            await tokens.GetAsync(signals, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<bool> DisconnectAsync()
    {
        var revoked = Tokens is { } tokens && await tokens.EndAsync().ConfigureAwait(false);
        await base.DisconnectAsync().ConfigureAwait(false);
        return revoked;
    }

    private static RecordSchema Schema(FalconRequest request)
    {
        var family = request.Family;
        return new RecordSchema
        {
            IdentityField = request.Detailed ? family.Details!.IdentityField : family.IdentityField ?? BareId.Field,
            TimeField = request.SliceBy ?? family.TimeField,
            TimeUnit = TimeUnit.Iso8601,
            Order = RecordOrder.AsSent,
            Values = RecordValues.Json,
            Noun = "record",
        };
    }
}
