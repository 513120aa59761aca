namespace LogScalePaging.Pester.Tests;

/// <summary>A test that fails in PowerShell must fail here, with its name.</summary>
public sealed class PesterRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logscale-paging-pester-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_failing_test_is_named()
    {
        var run = await RunAsync(
            "Describe 'Outer' { It 'is well' { 1 | Should -Be 1 }; Context 'inner' { It 'is not' { 1 | Should -Be 2 } } }");
        Assert.Equal((1, 1), (run.Passed, run.Failed));
        Assert.Equal(["failed: Outer.inner.is not"], run.Failures);
        Assert.Contains("1 of 2 Pester tests failed:\n  failed: Outer.inner.is not\n", run.Problem, StringComparison.Ordinal);
        Assert.Contains("Expected 2, but got 1.", run.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_block_is_named()
    {
        var run = await RunAsync("Describe 'Outer' { AfterAll { throw 'no way' }; It 'is well' { 1 | Should -Be 1 } }");
        Assert.Equal((1, 1), (run.Passed, run.Failed));
        Assert.Contains("failed: Outer", run.Problem, StringComparison.Ordinal);
        Assert.Contains("no way", run.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("try { throw 'Bearer simulator-token' } catch { }")]
    [InlineData("Write-Host 'Bearer simulator-token'")]
    public async Task A_secret_in_an_error_or_in_the_output_fails(string statement)
    {
        var run = await RunAsync($"Describe 'Outer' {{ It 'is well' {{ {statement}; 1 | Should -Be 1 }} }}");
        Assert.Equal(1, run.Passed);
        Assert.Contains("A secret came out: ", run.Problem!.Replace("out:\n", "out: ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Describe 'Outer' {")]
    [InlineData("throw 'no way'")]
    [InlineData("exit 0")]
    [InlineData("Describe 'Outer' { It 'is left out' -Skip { } }")]
    [InlineData("")]
    public async Task A_file_in_which_nothing_passes_fails(string text) => Assert.NotNull((await RunAsync(text)).Problem);

    [Fact]
    public async Task Good_tests_are_counted()
    {
        var run = await RunAsync("Describe 'Outer' { It 'is <_>' -ForEach 1, 2, 3 { $_ | Should -BeLessThan 4 } }");
        Assert.Null(run.Problem);
        Assert.Equal((3, 0), (run.Passed, run.Failed));
    }

    [Fact]
    public async Task Only_the_modules_of_PowerShell_itself_are_seen()
    {
        var run = await RunAsync("Describe 'The path' { It 'is closed' { $env:PSModulePath | Should -Be (Join-Path $PSHOME Modules) } }");
        Assert.True(run.Problem is null, run.Problem);
    }

    private async Task<PesterRun> RunAsync(string text)
    {
        var file = Path.Combine(_folder.FullName, "Made.Tests.ps1");
        await File.WriteAllTextAsync(file, text);
        return await PesterRun.FileAsync(file);
    }
}
