using System.Diagnostics;
using LogScalePaging.Support;

namespace LogScalePaging.Bench.Processes;

/// <summary>The PowerShell that the build restored, as a child process.</summary>
internal static class PowerShellProcess
{
    /// <summary>The module as the build leaves it.</summary>
    public static string Module => RestoredPowerShell.Module;

    /// <summary>Starts it without profiles; standard error goes to this process's.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = RestoredPowerShell.StartInfo(arguments);
        start.RedirectStandardError = false;
        return Children.Start(start);
    }

    /// <summary>A script of the benchmarks.</summary>
    public static string Script(string name) => Path.Combine(BenchContext.Root, "bench", "pipeline", name);
}
