using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>An export of Tanium's endpoints with its proof, against a loop that checks nothing.</summary>
internal sealed class TaniumBenchmark : IBenchmark
{
    private const int PageSize = 100;

    public string Name => "tanium";

    public string About => "export of 10,000 endpoints of Tanium, 100 a page, against a bare loop over the cursors (latency 50 ms)";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var endpoints = context.Scaled(10_000);
        using var scratch = BenchContext.Scratch();
        using var server = await ServiceRole.StartAsync(ServiceRole.Tanium, endpoints, latency: 50).ConfigureAwait(false);
        using var warmUp = await ServiceRole.StartAsync(ServiceRole.Tanium, 300, latency: 0).ConfigureAwait(false);
        var loop = await RunAsync("relay-loop", server, warmUp, scratch.In("loop.json")).ConfigureAwait(false);
        var engine = await RunAsync("tanium", server, warmUp, scratch.In("engine.ndjson")).ConfigureAwait(false);
        if (engine.Events != endpoints || loop.Events != endpoints || engine.State != "Complete")
        {
            throw new BenchException($"The engine brought {engine.Events} and the loop {loop.Events} of {endpoints} endpoints, "
                + $"{engine.State}.");
        }
        return [Measure.AtMost("seconds", engine.Seconds, loop.Seconds, "s", 1.1)];
    }

    private static async Task<ClientOutcome> RunAsync(string kind, ServerProcess server, ServerProcess warmUp, string output)
    {
        var outcome = await ClientRole.RunInChildAsync(new ClientSettings
        {
            Kind = kind,
            Server = server.Address,
            WarmUp = warmUp.Address,
            Output = output,
            PageSize = PageSize,
        }).ConfigureAwait(false);
        BenchContext.Tell(FormattableString.Invariant($"{kind}: {outcome.Events:N0} endpoints in {outcome.Seconds:N2} s {outcome.State}"));
        return outcome;
    }
}
