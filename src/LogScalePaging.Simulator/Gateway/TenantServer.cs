using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Jobs;
using LogScalePaging.Simulator.Rest;
using LogScalePaging.Simulator.Routes;

namespace LogScalePaging.Simulator.Gateway;

/// <summary>The part of the simulator that only tokens of one child tenant reach.</summary>
internal sealed class TenantServer
{
    private static readonly StoredName s_field = new("cid");
    private static readonly StoredName s_tag = new("#repo.cid");

    private readonly Router _router;

    /// <param name="tenant">The tenant.</param>
    /// <param name="number">Its number, which makes its data differ from that of others.</param>
    /// <param name="options">The options of the simulator.</param>
    /// <param name="clock">The clock of the simulator.</param>
    public TenantServer(GatewayTenant tenant, int number, SimulatorOptions options, SimulatorClock clock)
    {
        var own = options.ForTenant(options.Seed + number, tenant.Events);
        Events = EventStore.Generate(own);
        Mark(tenant.Cid);
        Jobs = new JobTable(Events, clock);
        // From now on, changes of the simulator's settings apply here too.
        Events.Options = options;
        _router = new Router([.. new LogScaleRoutes(Events, Jobs, clock).Table(FalconGateway.Prefix),
            .. options.Falcon is { } falcon
                ? new RestRoutes(falcon, own.Seed, clock, new RestTenant(tenant.Cid, tenant.Records)).Table()
                : []]);
    }

    public EventStore Events { get; }

    public JobTable Jobs { get; }

    /// <summary>The same route as that of the account, with the data of the tenant.</summary>
    public Route? Route(HttpRequest request) => _router.Find(request)?.Route;

    private void Mark(string cid)
    {
        var text = Utf8.Bytes($"\"{cid}\"");
        var index = Events.Index;
        byte[][] marked = [.. Enumerable.Range(0, index.Count).Reverse()
            .Select(i => StoredFields.With(StoredFields.With(index.Json(i).ToArray(), s_field, text), s_tag, text))];
        Events.Clear();
        Events.AddNormalized(marked);
    }
}
