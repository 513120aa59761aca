using LogScalePaging.Support;

namespace LogScalePaging.Pester.Tests;

/// <summary>Every file of <c>tests/Pester</c>, in the PowerShell that the build restores.</summary>
public sealed class PesterSuite
{
    internal static string Folder { get; } = Path.Combine(RestoredPowerShell.RepositoryRoot, "tests", "Pester");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.Tests.ps1").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    // .ci/run knows this name: it counts the tests within the file in place of this one.
    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester_file(string name)
    {
        var run = await PesterRun.SuiteFileAsync(name);
        Assert.True(run.Problem is null, run.Problem);
    }
}
