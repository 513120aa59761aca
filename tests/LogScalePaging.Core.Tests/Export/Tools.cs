using System.Diagnostics;

namespace LogScalePaging.Core.Tests.Export;

/// <summary>Other programs that check a file.</summary>
internal static class Tools
{
    public static bool Has(string program, params string[] probe)
    {
        try
        {
            return Run(program, probe).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static (int ExitCode, string Output) Run(string program, params string[] arguments) => Run(StartInfo(program, arguments));

    public static (int ExitCode, string Output) Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), start.FileName + " does not end");
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
    }

    public static Process Start(string program, params string[] arguments) => Process.Start(StartInfo(program, arguments))!;

    private static ProcessStartInfo StartInfo(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // .NET Framework's own choice is true.
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
