using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>One benchmark: starts its own server, measures, and gives ratios with their floors.</summary>
internal interface IBenchmark
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in a line.</summary>
    string About { get; }

    /// <exception cref="SkippedException">It cannot run here.</exception>
    /// <exception cref="BenchException">It failed.</exception>
    Task<IReadOnlyList<Measure>> RunAsync(BenchContext context);
}
