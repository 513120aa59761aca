namespace LogScalePaging.Pester.Tests;

/// <summary>The second half of the files.</summary>
public sealed class PesterSuiteSecond(PesterProcess process) : PesterSuite(process)
{
    public static TheoryData<string> Files => Half(1);

    // .ci/run knows this name: it counts the tests within the file in place of this one.
    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file(string name) => RunAsync(name);
}
