using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>An export of Axiom by windows with its proof, against the loop of the published guide.</summary>
internal sealed class AxiomBenchmark : IBenchmark
{
    private const double Megabyte = 1_000_000;
    private const int GuidePageSize = 1_000;
    private const int OwnPageSize = 10_000;

    public string Name => "axiom";

    public string About => "export of 200,000 events of Axiom by windows with the default page size (10,000), and with the 1,000 of the "
        + "published guide, against the loop of that guide (latency 50 ms), and its peak memory against that of 100,000";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var events = context.Scaled(200_000);
        using var scratch = BenchContext.Scratch();
        using var server = await ServiceRole.StartAsync(ServiceRole.Axiom, events, latency: 50).ConfigureAwait(false);
        using var half = await ServiceRole.StartAsync(ServiceRole.Axiom, events / 2, latency: 50).ConfigureAwait(false);
        using var warmUp = await ServiceRole.StartAsync(ServiceRole.Axiom, 5_000, latency: 0).ConfigureAwait(false);
        var loop = await RunAsync("axiom-loop", server, warmUp, scratch.In("loop.json"), events, GuidePageSize).ConfigureAwait(false);
        var engine = await RunAsync("axiom", server, warmUp, scratch.In("engine.ndjson"), events, OwnPageSize).ConfigureAwait(false);
        var small = await RunAsync("axiom", server, warmUp, scratch.In("small.ndjson"), events, GuidePageSize).ConfigureAwait(false);
        var few = await RunAsync("axiom", half, warmUp, scratch.In("few.ndjson"), events / 2, OwnPageSize).ConfigureAwait(false);
        return
        [
            Measure.AtLeast("events", engine.Rate, loop.Rate, "/s", 5),
            Measure.AtLeast("events, pages of 1,000", small.Rate, loop.Rate, "/s", 3),
            Measure.AtMost("peak memory", engine.PeakBytes / Megabyte, few.PeakBytes / Megabyte, "MB", 1.2),
            Measure.Below("peak memory of the larger", engine.PeakBytes / Megabyte, "MB", 150),
        ];
    }

    private static async Task<ClientOutcome> RunAsync(string kind, ServerProcess server, ServerProcess warmUp, string output, int events,
        int pageSize)
    {
        var outcome = await ClientRole.RunInChildAsync(new ClientSettings
        {
            Kind = kind,
            Server = server.Address,
            WarmUp = warmUp.Address,
            Output = output,
            PageSize = pageSize,
        }).ConfigureAwait(false);
        BenchContext.Tell(FormattableString.Invariant(
            $"{kind}: {outcome.Events:N0} events in {outcome.Seconds:N2} s, {outcome.CpuSeconds:N2} s of CPU, peak {outcome.PeakBytes / Megabyte:N0} MB, {outcome.State}"));
        return outcome.Events == events && outcome.State is "Complete" or "Unknown"
            ? outcome
            : throw new BenchException($"'{kind}' brought {outcome.Events} of {events} events, {outcome.State}.");
    }
}
