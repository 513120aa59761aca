using System.Diagnostics;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>What importing the module adds to the start of PowerShell.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    public string Name => "import";

    public string About => "start of PowerShell with Import-Module against one without, medians of 11 in turn";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        PowerShellProcess.EnsurePresent();
        var rounds = context.Quick ? 3 : 11;
        var empty = new List<double>();
        var import = new List<double>();
        // The first round warms the disk's cache and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            var (without, with) = (await StartAsync("exit").ConfigureAwait(false), await StartAsync($"Import-Module '{PowerShellProcess.Module}'; exit").ConfigureAwait(false));
            if (round == 0)
                continue;
            empty.Add(without);
            import.Add(with);
        }
        BenchContext.Tell(FormattableString.Invariant($"without {empty.Min():N0} to {empty.Max():N0} ms, with {import.Min():N0} to {import.Max():N0} ms"));
        return [Measure.Over("start of PowerShell", Median(import), Median(empty), "ms", 150)];
    }

    private static async Task<double> StartAsync(string command)
    {
        var clock = Stopwatch.StartNew();
        await Children.LastLineAsync(PowerShellProcess.Start("-Command", command)).ConfigureAwait(false);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
