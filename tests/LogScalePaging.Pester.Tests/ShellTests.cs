using System.Diagnostics;
using LogScalePaging.Support;

namespace LogScalePaging.Pester.Tests;

/// <summary>Scripts that start PowerShell once more do so in every PowerShell, however it was started.</summary>
public sealed class ShellTests
{
    [Theory]
    [InlineData("host")]
    [InlineData("dotnet")]
    [InlineData("tool")]
    public async Task Invoke_Shell_starts_the_same_PowerShell(string how)
    {
        var file = Path.Combine(PesterSuite.Folder, "Shell.ps1");
        var (exitCode, output) = await PesterRun.RunAsync(StartInfo(how, "-Command",
            $". '{file}'; Invoke-Shell -NoProfile -Command '\"$PSHOME $($PSVersionTable.PSVersion) $args\"; exit 3'; \"$PSHOME "
                + $"$($PSVersionTable.PSVersion) $LASTEXITCODE\""));
        Assert.Equal(0, exitCode);
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(lines[0] + " 3", lines[1]);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("dotnet")]
    [InlineData("tool")]
    public async Task The_script_of_the_suite_works(string how)
    {
        var (exitCode, output) = await PesterRun.RunAsync(StartInfo(how, "-File", Path.Combine(PesterSuite.Folder, "run.ps1"), "Event"));
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"Pester: [1-9]\d* passed, 0 failed, 0 skipped\s*$", output);
    }

    private static ProcessStartInfo StartInfo(string how, params string[] arguments) => how switch
    {
        "dotnet" => RestoredPowerShell.DotnetStartInfo(RestoredPowerShell.Assembly, arguments),
        "tool" => RestoredPowerShell.DotnetStartInfo(RestoredPowerShell.Shim, arguments),
        _ => RestoredPowerShell.StartInfo(arguments),
    };
}
