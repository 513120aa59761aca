using LogScalePaging.Bench.Attacks;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>The memory that the command line needs against servers that try to fill it.</summary>
internal sealed class AttackBenchmark : IBenchmark
{
    private const double Megabyte = 1_000_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public string Name => "attacks";

    public string About =>
        "peak memory of the command line against each hostile server; BENCH_ATTACK chooses attacks by a part of their name";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var wanted = Environment.GetEnvironmentVariable("BENCH_ATTACK") ?? "";
        var measures = new List<Measure>();
        foreach (var attack in AttackList.All.Where(a => a.Name.Contains(wanted, StringComparison.Ordinal)))
        {
            using var scratch = BenchContext.Scratch();
            using var server = await ServerProcess.StartAsync("attack", attack.Name).ConfigureAwait(false);
            var run = await MeasuredExport.RunAsync(attack, server.Address, scratch.In("events.ndjson"), s_limit).ConfigureAwait(false);
            var end = run.ExitCode is { } code ? FormattableString.Invariant($"exit {code}") : "did not end";
            var memory = FormattableString.Invariant($"peak {run.PeakBytes / Megabyte:N0} MB, {run.Seconds:N1} s");
            BenchContext.Tell($"{attack.Name}: {memory}, {end}: {run.LastLine}");
            var peak = Measure.Below(attack.Name, run.PeakBytes / Megabyte, "MB", 300);
            measures.Add(peak with { Against = end, Holds = peak.Holds && run.ExitCode is not null });
        }
        return measures;
    }
}
