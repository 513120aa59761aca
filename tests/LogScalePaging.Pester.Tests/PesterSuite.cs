using LogScalePaging.Support;

namespace LogScalePaging.Pester.Tests;

/// <summary>
/// The files of <c>tests/Pester</c>, in the PowerShell that the build restores. Two classes run a half each at the same time, because a
/// file often waits for a process or for a clock. Each half shares a process.
/// </summary>
public abstract class PesterSuite(PesterProcess process) : IClassFixture<PesterProcess>
{
    internal static string Folder { get; } = Path.Combine(RestoredPowerShell.RepositoryRoot, "tests", "Pester");

    /// <summary>Every second file.</summary>
    /// <param name="first">0 or 1.</param>
    protected static TheoryData<string> Half(int first) =>
        [.. Directory.EnumerateFiles(Folder, "*.Tests.ps1").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)
            .Where((_, i) => i % 2 == first)];

    /// <summary>Runs a file.</summary>
    protected async Task RunAsync(string name)
    {
        var run = await PesterRun.SuiteFileAsync(name, process);
        Assert.True(run.Problem is null, run.Problem);
    }
}
