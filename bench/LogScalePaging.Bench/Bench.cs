using LogScalePaging.Bench.Benchmarks;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench;

/// <summary>Runs the benchmarks that the command line names, and judges them.</summary>
internal static class Bench
{
    private const string Usage =
        """
        dotnet run -c Release --project bench/LogScalePaging.Bench -- [name ...] [--quick] [--markdown FILE] [--psfalcon PATH] [--list]

          name             which to run; all when none is named
          --quick          a tenth of the events, to see that everything works: nothing is judged
          --markdown FILE  write the tables to a file, too
          --psfalcon PATH  PSFalcon.psd1, to compare with: without it, 'falcon' is skipped
          --list           name the benchmarks

        Exit code: 0 every ratio holds, 1 one does not or a benchmark failed, 2 wrong usage.
        """;

    private static readonly IReadOnlyList<IBenchmark> s_all =
    [
        new AroundBenchmark(),
        new ScanBenchmark(),
        new BulkBenchmark(),
        new MillionBenchmark(),
        new MemoryBenchmark(),
        new PipelineBenchmark(),
        new ImportBenchmark(),
        new AttackBenchmark(),
        new TaniumBenchmark(),
        new AxiomBenchmark(),
        new FalconBenchmark(),
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var names = new List<string>();
        var quick = false;
        string? markdown = null, psFalcon = null;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--list":
                    foreach (var benchmark in s_all)
                        Console.WriteLine($"{benchmark.Name,-10} {benchmark.About}");
                    return 0;
                case "--quick":
                    quick = true;
                    break;
                case "--markdown" when i + 1 < args.Count:
                    markdown = args[++i];
                    break;
                case "--psfalcon" when i + 1 < args.Count:
                    psFalcon = args[++i];
                    break;
                case var name when s_all.Any(b => b.Name == name):
                    names.Add(name);
                    break;
                default:
                    await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
                    return args[i] is "--help" or "-h" ? 0 : 2;
            }
        }
        var chosen = s_all.Where(b => names.Count == 0 || names.Contains(b.Name)).ToList();
        var report = await RunAsync(chosen, new BenchContext(quick, psFalcon)).ConfigureAwait(false);
        Console.WriteLine();
        Console.Write(report.ToText());
        if (markdown is not null)
            await File.WriteAllTextAsync(markdown, report.ToMarkdown()).ConfigureAwait(false);
        return report.Holds ? 0 : 1;
    }

    private static async Task<Report> RunAsync(IReadOnlyList<IBenchmark> benchmarks, BenchContext context)
    {
        var report = new Report(context.Quick);
        if (report.IsBusy)
            await Console.Error.WriteLineAsync(
                $"The machine is busy (load average {report.LoadBefore}): what is measured now is a hint, not a "
                    + $"result.").ConfigureAwait(false);
        foreach (var benchmark in benchmarks)
        {
            await Console.Error.WriteLineAsync($"{benchmark.Name}: {benchmark.About}").ConfigureAwait(false);
            try
            {
                report.Add(benchmark, await benchmark.RunAsync(context).ConfigureAwait(false));
            }
            catch (SkippedException e)
            {
                report.Skip(benchmark, e.Message);
            }
            catch (BenchException e)
            {
                report.Fail(benchmark, e.Message);
            }
        }
        report.Close();
        return report;
    }
}
