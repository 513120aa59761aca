using System.Diagnostics;

namespace LogScalePaging.Bench.Processes;

/// <summary>PowerShell 7 as a child process, where there is one.</summary>
internal static class PowerShellProcess
{
    /// <summary>The module as the build leaves it.</summary>
    public static string Module { get; } = Path.Combine(BenchContext.Root, "out", "LogScalePaging", "LogScalePaging.psd1");

    /// <exception cref="SkippedException">There is no PowerShell, or no module.</exception>
    public static void EnsurePresent()
    {
        if (!Children.OnPath("pwsh"))
            throw new SkippedException("there is no pwsh on the PATH");
        if (!File.Exists(Module) || !File.Exists(Path.Combine(Path.GetDirectoryName(Module)!, "bin", "net8.0", "LogScalePaging.dll")))
            throw new SkippedException("there is no module in out/LogScalePaging: build the solution first");
    }

    /// <summary>Starts it without profiles.</summary>
    public static Process Start(params string[] arguments) => Children.Start("pwsh", ["-NoProfile", "-NonInteractive", .. arguments]);

    /// <summary>A script of the benchmarks.</summary>
    public static string Script(string name) => Path.Combine(BenchContext.Root, "bench", "pipeline", name);
}
