using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>Whether the memory of an export depends on how much is exported.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const double Megabyte = 1_000_000;

    public string Name => "memory";

    public string About => "peak memory of an ndjson export by around walk of 200,000 events against one of 20,000, medians of 3";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var few = await PeakAsync(context.Scaled(20_000)).ConfigureAwait(false);
        var many = await PeakAsync(context.Scaled(200_000)).ConfigureAwait(false);
        return
        [
            Measure.AtMost("peak memory", many / Megabyte, few / Megabyte, "MB", 1.2),
            Measure.Below("peak memory of the larger", many / Megabyte, "MB", 120),
        ];
    }

    private static async Task<long> PeakAsync(int events)
    {
        using var server = await ServerProcess.StartAsync(new ServerSettings { Events = events }).ConfigureAwait(false);
        var peaks = new List<long>();
        for (var run = 0; run < 3; run++)
            peaks.Add(await PeakAsync(server, events).ConfigureAwait(false));
        peaks.Sort();
        return peaks[1];
    }

    private static async Task<long> PeakAsync(ServerProcess server, int events)
    {
        using var scratch = BenchContext.Scratch();
        var engine = await ClientRole.RunInChildAsync(
            new ClientSettings { Kind = "engine", Server = server.Address, Output = scratch.In("engine.ndjson") }).ConfigureAwait(false);
        BenchContext.Tell(
            FormattableString.Invariant(
                $"{engine.Events:N0} events in {engine.Seconds:N1} s, {engine.CpuSeconds:N1} s of CPU, peak {engine.PeakBytes / Megabyte:N1} MB, {engine.State}"));
        return engine.Events == events && engine.State == "Complete"
            ? engine.PeakBytes
            : throw new BenchException($"The engine brought {engine.Events} of {events} events, {engine.State}.");
    }
}
