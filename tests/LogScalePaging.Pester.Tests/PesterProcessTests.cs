namespace LogScalePaging.Pester.Tests;

/// <summary>Files share a process, but a file that fails does not affect the next one.</summary>
public sealed class PesterProcessTests : IDisposable
{
    // What is stored like this stays until the process ends.
    private const string Leave = "[AppDomain]::CurrentDomain.SetData('left', 1)";
    private const string Next =
        $"Describe 'Outer' {{ It 'is well' {{ [AppDomain]::CurrentDomain.GetData('left') | Should -BeNullOrEmpty; {Leave} }} }}";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("logscale-paging-pester-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData($"Describe 'Outer' {{ It 'is not' {{ {Leave}; 1 | Should -Be 2 }} }}", 1)]
    [InlineData($"Describe 'Outer' {{ It 'ends it' {{ {Leave}; exit 3 }} }}", -1)]
    [InlineData($"Describe 'Outer' {{ It 'ends it' {{ {Leave}; [Environment]::Exit(7) }} }}", 7)]
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

    [Fact]
    public async Task What_a_file_leaves_in_the_session_does_not_reach_the_next_file()
    {
        await using var process = new PesterProcess();
        var (code, output) = await RunAsync(process, $$"""
            Describe 'Outer' {
                It 'leaves much' {
                    {{Leave}}
                    $env:LOGSCALEPAGING_LEFT = 1
                    $env:TMPDIR = '/'
                    $global:left = 1
                    function global:Get-Left { 1 }
                    Set-Alias left Get-Item -Scope Global
                    New-Module Left { function Get-LeftModule { 1 } } | Import-Module -Global
                    Import-Module $env:LOGSCALEPAGING_MODULE
                    Set-Location ([System.IO.Path]::GetPathRoot($PWD))
                    $global:PSDefaultParameterValues['Get-Item:Path'] = 'left'
                }
            }
            """);
        Assert.True(code == 0, output);
        (code, output) = await RunAsync(process, """
            Describe 'Outer' {
                It 'is in the same process' { [AppDomain]::CurrentDomain.GetData('left') | Should -Be 1 }
                It 'has no variable' { Test-Path Variable:left, Env:LOGSCALEPAGING_LEFT | Should -Be $false, $false }
                It 'has its folder for temporary files' { $env:TMPDIR | Should -Not -Be '/' }
                It 'has no <_>' -ForEach 'Get-Left', 'left', 'Get-LeftModule' { Get-Command $_ -ErrorAction Ignore | Should -BeNullOrEmpty }
                It 'has no module' { Get-Module Left, LogScalePaging | Should -BeNullOrEmpty }
                It 'is in its own place' { "$PWD" | Should -Not -Be ([System.IO.Path]::GetPathRoot($PWD)) }
                It 'has no default' { $PSDefaultParameterValues.Count | Should -Be 0 }
            }
            """);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_secret_that_comes_out_when_a_module_is_removed_fails_the_file_that_imported_it()
    {
        await using var process = new PesterProcess();
        var (code, output) = await RunAsync(process, """
            Describe 'Outer' {
                It 'is well' {
                    $module = New-Module Left { $null }
                    $module.OnRemove = { Write-Error ('simulator', 'token' -join '-') -ErrorAction Continue }
                    Import-Module $module -Global
                }
            }
            """);
        Assert.True(code == 1, output);
        Assert.Contains("A secret came out", output);
    }

    [Fact]
    public async Task Text_without_the_end_of_its_line_does_not_hide_the_end_of_a_file()
    {
        await using var process = new PesterProcess();
        var (code, output) = await RunAsync(process,
            "Describe 'Outer' { It 'writes' { [Console]::Out.Write('out'); [Console]::Error.Write('err') } }", TimeSpan.FromSeconds(60));
        Assert.True(code == 0, output);
        Assert.Contains("err", output);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(PesterProcess process, string text, TimeSpan? limit = null)
    {
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.Tests.ps1");
        await File.WriteAllTextAsync(file, text);
        return await process.RunAsync(file, file + ".txt", limit ?? TimeSpan.FromMinutes(2));
    }
}
