using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;
using LogScalePaging.Tanium.Answers;
using LogScalePaging.Tanium.Graph;
using LogScalePaging.Transport;

namespace LogScalePaging.Tanium;

/// <summary>The API Gateway of Tanium.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
public sealed class TaniumSearchConnection(ApiTransport transport) : SearchConnection(transport)
{
    /// <inheritdoc/>
    public override string System => TaniumRequest.SystemName;

    /// <inheritdoc/>
    public override SearchRequest Restore(SavedSearch saved) => TaniumRequest.Restore(saved);

    /// <inheritdoc/>
    public override ISearch Open(SearchRequest request, SignalLog signals, Action<SearchProgress>? progress = null)
    {
        var asked = request as TaniumRequest
            ?? throw new ArgumentException($"This is a search of {request.System}, but the connection is to {System}.", nameof(request));
        asked.EnsureValid();
        var (source, schema) = (asked.Source(), Schema(asked));
        var client = new TaniumClient(source, Transport.With(signals), schema);
        var pageSize = (int)Math.Min(asked.PageSize, asked.MaxEvents ?? asked.PageSize);
        var strategy = new TaniumStrategy(source.Name, pageSize, asked.Backward, asked.Refresh);
        return new PagedSearch<GraphPage, TaniumPage>(
            new PagedSource<GraphPage, TaniumPage>
            {
                System = System,
                Identity = new WalkIdentity(System, Transport.Host, source.Name, asked.IdentityQuery)
                {
                    Arguments = asked.IdentityArguments,
                },
                Schema = schema,
                Strategy = strategy,
                Reason = $"the pages of {source.Name}, {(asked.Backward ? "from the end" : "from the beginning")}",
                Requests = client,
                Count = source is TextSource { HasTotal: false }
                    ? _ => throw TaniumClient.NoTotal("the query does not ask for totalRecords")
                    : stop => client.CountAsync(strategy.Count, afterPages: asked.Refresh, stop),
                Doubts = () => client.Doubts,
                EnsureReadable = TaniumStrategy.EnsureReadable,
                Signals = signals,
                Time = Transport.Time,
                Progress = progress,
            },
            asked);
    }

    private static RecordSchema Schema(TaniumRequest request) => new()
    {
        IdentityField = GraphSelection.Id,
        TimeUnit = TimeUnit.Iso8601,
        Order = RecordOrder.AsSent,
        Values = RecordValues.Json,
        Noun = request.Field == "endpoints" ? "endpoint" : "record",
    };
}
