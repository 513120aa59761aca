using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>Parallel windows, compared with the published script's loop, on a server with latency.</summary>
internal sealed class BulkBenchmark : IBenchmark
{
    // Each page of the baseline takes the same time: a few of them give its rate.
    private const int BaselineEvents = 3_000;
    private const int Buffer = 20_000;
    private const int Workers = 8;

    public string Name => "bulk";

    public string About =>
        "export of 200,000 events by windows, 8 jobs at once, 20,000 rows a job, against the published script's loop (latency 50 ms, jobs 300 ms, pollAfter 200 ms), in a process that has exported before";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var events = context.Scaled(200_000);
        using var scratch = BenchContext.Scratch();
        var settings = new ServerSettings { Events = events, LatencyMs = 50, JobMs = 300, PollAfterMs = 200, MaxTail = Buffer };
        using var server = await ServerProcess.StartAsync(settings).ConfigureAwait(false);
        using var small = await ServerProcess.StartAsync(settings with { Events = events / 100 }).ConfigureAwait(false);
        var baseline = await ClientRole.RunInChildAsync(new ClientSettings
        {
            Kind = "published",
            Server = server.Address,
            Output = scratch.In("published.json"),
            MaxEvents = context.Scaled(BaselineEvents),
        }).ConfigureAwait(false);
        BenchContext.Tell(FormattableString.Invariant($"published loop: {baseline.Events:N0} events in {baseline.Seconds:N1} s"));
        var engine = (await EngineClient.ExportAsync(server, events, scratch.In("engine.ndjson"), SearchStrategy.Auto, Workers,
            warmUp: small).ConfigureAwait(false)).Outcome;
        return [Measure.AtLeast("events a second", engine.Rate, baseline.Rate, "/s", 300)];
    }
}
