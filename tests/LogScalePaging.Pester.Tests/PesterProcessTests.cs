namespace LogScalePaging.Pester.Tests;

/// <summary>Files share a process, but a file that fails does not affect the next one.</summary>
public sealed class PesterProcessTests : IDisposable
{
    private const string Next = "Describe 'Outer' { It 'is well' { $global:left | Should -BeNullOrEmpty; $global:left = $PID } }";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logscale-paging-pester-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Describe 'Outer' { It 'is not' { $global:left = 1; 1 | Should -Be 2 } }", 1)]
    [InlineData("Describe 'Outer' { It 'ends it' { $global:left = 1; exit 3 } }", -1)]
    [InlineData("Describe 'Outer' { It 'ends it' { $global:left = 1; [Environment]::Exit(7) } }", 7)]
    public async Task After_a_file_that_fails_the_next_one_has_a_new_process(string text, int expected)
    {
        await using var process = new PesterProcess();
        var (code, output) = await RunAsync(process, text);
        // Pester catches 'exit' in some places.
        Assert.True(code == expected || (expected < 0 && code != 0), $"{code}: {output}");
        (code, output) = await RunAsync(process, Next);
        Assert.True(code == 0, output);
        // This one was left by a file that passed: the process is the same.
        (code, output) = await RunAsync(process, Next);
        Assert.True(code == 1, output);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(PesterProcess process, string text)
    {
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.Tests.ps1");
        await File.WriteAllTextAsync(file, text);
        return await process.RunAsync(file, file + ".txt", TimeSpan.FromMinutes(2));
    }
}
