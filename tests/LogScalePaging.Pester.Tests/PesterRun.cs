using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.Support;

namespace LogScalePaging.Pester.Tests;

/// <summary>The results of one file of Pester tests, run in a PowerShell process against the packaged module.</summary>
internal sealed partial record PesterRun(int Passed, int Failed, IReadOnlyList<string> Failures, int ExitCode, string Output)
{
    /// <summary>Names a folder; the totals of each file are left there for <c>.ci/run</c>.</summary>
    private const string ResultsVariable = "LOGSCALEPAGING_PESTER_RESULTS";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    /// <summary>Why the file must not pass; null when every test passed.</summary>
    public string? Problem => this switch
    {
        { Failed: > 0 } => $"{Failed} of {Passed + Failed} Pester tests failed:\n  {string.Join("\n  ", Failures)}\n\n{Output}",
        { ExitCode: not 0 } => $"PowerShell ended with exit code {ExitCode}:\n{Output}",
        { Passed: 0 } => $"No Pester test ran:\n{Output}",
        _ when SecretWatch.Planted(
            () => SecretWatch.Look("the output", Output)) is { Count: > 0 } leaks => $"A secret came out:\n{string.Join("\n", leaks)}",
        _ => null,
    };

    /// <summary>Runs a file of the suite; its totals are left for <c>.ci/run</c>.</summary>
    public static async Task<PesterRun> SuiteFileAsync(string name, PesterProcess process)
    {
        var file = Path.Combine(PesterSuite.Folder, name);
        return Environment.GetEnvironmentVariable(ResultsVariable) is { Length: > 0 } folder
            ? await RunAsync(Path.Combine(folder, name + ".txt"), result => process.RunAsync(file, result, s_limit))
            : await RunAsync(result => process.RunAsync(file, result, s_limit));
    }

    /// <summary>Runs any file of Pester tests, in a process that ends with it.</summary>
    public static Task<PesterRun> FileAsync(string file) => RunAsync(result => RunAsync(RestoredPowerShell.StartInfo(
        "-File", Path.Combine(PesterSuite.Folder, "Child.ps1"), RestoredPowerShell.Pester, RestoredPowerShell.Module, file, "Normal", result)));

    private static async Task<PesterRun> RunAsync(Func<string, Task<(int ExitCode, string Output)>> run)
    {
        var folder = Directory.CreateTempSubdirectory("logscale-paging-pester-");
        try
        {
            return await RunAsync(Path.Combine(folder.FullName, "result.txt"), run);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<PesterRun> RunAsync(string result, Func<string, Task<(int ExitCode, string Output)>> run)
    {
        var (exitCode, output) = await run(result);
        if (!File.Exists(result))
            return new PesterRun(0, 0, [], exitCode, output);
        var lines = await File.ReadAllLinesAsync(result);
        var totals = Totals().Match(lines[0]);
        return new PesterRun(Number("passed"), Number("failed"), [.. lines.Skip(1)], exitCode, output);

        int Number(string name) => int.Parse(totals.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a process to its end.</summary>
    /// <returns>Its exit code, and what it wrote to both streams.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            return (-1, $"It did not end within {s_limit}.\n{await output}{await error}");
        }
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex(@"^Pester: (?<passed>\d+) passed, (?<failed>\d+) failed")]
    private static partial Regex Totals();
}
