using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>One benchmark: starts its own server, measures, and gives ratios with their floors.</summary>
internal interface IBenchmark
{
    /// <summary>The word by which it is asked for.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string About { get; }

    /// <exception cref="SkippedException">It cannot run here.</exception>
    /// <exception cref="BenchException">It broke.</exception>
    Task<IReadOnlyList<Measure>> RunAsync(BenchContext context);
}
