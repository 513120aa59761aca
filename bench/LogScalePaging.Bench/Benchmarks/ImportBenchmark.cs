using System.Diagnostics;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>
/// What importing the module adds to the start of PowerShell, against what a small binary module adds that comes with PowerShell: the
/// ratio holds in a PowerShell that is compiled ahead of time and in one that is not.
/// </summary>
internal sealed class ImportBenchmark : IBenchmark
{
    public string Name => "import";

    public string About =>
        "start of PowerShell with Import-Module, less one without, against the same of Microsoft.PowerShell.ThreadJob; medians of 25 in turn";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var rounds = context.Quick ? 3 : 25;
        string[] commands = ["exit", "Import-Module Microsoft.PowerShell.ThreadJob; exit",
            $"Import-Module '{PowerShellProcess.Module}'; exit"];
        var times = Array.ConvertAll(commands, _ => new List<double>());
        // The first round warms the disk's cache and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < commands.Length; i++)
            {
                var time = await StartAsync(commands[i]).ConfigureAwait(false);
                if (round > 0)
                    times[i].Add(time);
            }
        }
        BenchContext.Tell(
            FormattableString.Invariant($"without {Range(times[0])}, with ThreadJob {Range(times[1])}, with the module {Range(times[2])}"));
        var empty = Median(times[0]);
        return [Measure.AtMost("added by Import-Module", Median(times[2]) - empty, Median(times[1]) - empty, "ms", 1.25)];
    }

    private static string Range(List<double> times) => FormattableString.Invariant($"{times.Min():N0} to {times.Max():N0} ms");

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
