namespace LogScalePaging.Pester.Tests;

/// <summary>The first half of the files.</summary>
public sealed class PesterSuiteFirst(PesterProcess process) : PesterSuite(process)
{
    public static TheoryData<string> Files => Half(0);

    // .ci/run knows this name: it counts the tests within the file in place of this one.
    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file(string name) => RunAsync(name);
}
