using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>The engine's walk, compared with the published script's loop, on a server with latency.</summary>
internal sealed class AroundBenchmark : IBenchmark
{
    // Each page of the baseline takes the same time: a few of them give its rate.
    private const int BaselineEvents = 3_000;

    public string Name => "around";

    public string About =>
        "around walk of 20,000 events, 200 a page, against the published script's loop (latency 50 ms, jobs 100 ms, pollAfter 200 ms)";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var events = context.Scaled(20_000);
        using var scratch = BenchContext.Scratch();
        using var server = await ServerProcess.StartAsync(
            new ServerSettings { Events = events, LatencyMs = 50, JobMs = 100, PollAfterMs = 200 }).ConfigureAwait(false);
        var baseline = await ClientRole.RunInChildAsync(new ClientSettings
        {
            Kind = "published",
            Server = server.Address,
            Output = scratch.In("published.json"),
            MaxEvents = context.Scaled(BaselineEvents),
        }).ConfigureAwait(false);
        BenchContext.Tell(FormattableString.Invariant($"published loop: {baseline.Events:N0} events in {baseline.Seconds:N1} s"));
        var engine = await ClientRole.RunInChildAsync(
            new ClientSettings { Kind = "engine", Server = server.Address, Output = scratch.In("engine.ndjson") }).ConfigureAwait(false);
        BenchContext.Tell(FormattableString.Invariant($"engine: {engine.Events:N0} events in {engine.Seconds:N1} s, {engine.State}"));
        if (engine.Events != events || engine.State != "Complete")
            throw new BenchException($"The engine brought {engine.Events} of {events} events, {engine.State}.");
        await server.EnsureNoJobsAsync().ConfigureAwait(false);
        return [Measure.AtLeast("events a second", engine.Rate, baseline.Rate, "/s", 4)];
    }
}
