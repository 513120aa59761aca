using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LogScalePaging.Support;

/// <summary>The PowerShell that the build restored, for child processes. Its version is in <c>Directory.Packages.props</c>.</summary>
internal static class RestoredPowerShell
{
    private static readonly string s_home = Path.Combine(
        Metadata("PowerShellPackage"), "tools", "net10.0", "any", OperatingSystem.IsWindows() ? "win" : "unix");

    private static readonly Lazy<bool> s_canStartHost = new(MakeHostExecutable);

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>Manifest of the module as the build leaves it.</summary>
    public static string Module { get; } = Path.Combine(RepositoryRoot, "out", "LogScalePaging", "LogScalePaging.psd1");

    /// <summary>Manifest of the Pester that the build restored.</summary>
    public static string Pester { get; } = Path.Combine(Metadata("PesterPackage"), "tools", "Pester.psd1");

    /// <summary>PowerShell itself; starts with <c>dotnet</c>.</summary>
    public static string Assembly { get; } = Path.Combine(s_home, "pwsh.dll");

    /// <summary>The program of the global tool; starts with <c>dotnet</c>, and starts PowerShell as its child process.</summary>
    public static string Shim { get; } = Path.Combine(s_home, "..", "Microsoft.PowerShell.GlobalTool.Shim.dll");

    private static string Host { get; } = Path.Combine(s_home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

    // .../shared/Microsoft.NETCore.App/10.0.0/
    private static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>How to start it without profiles, with redirected streams.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments) => s_canStartHost.Value
        ? Start(Host, ["-NoProfile", "-NonInteractive", .. arguments])
        : DotnetStartInfo(Assembly, arguments);

    /// <summary>How to start it as <c>dotnet pwsh.dll</c>, or by the shim.</summary>
    public static ProcessStartInfo DotnetStartInfo(string assembly, params string[] arguments) =>
        Start(Path.Combine(DotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"),
            [assembly, "-NoProfile", "-NonInteractive", .. arguments]);

    private static ProcessStartInfo Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The host finds the runtime of this process. A runtime in a separate folder is not in the registry of installed runtimes.
        start.Environment["DOTNET_ROOT"] = DotnetRoot;
        // PowerShell adds the modules of the user and of the machine to what it finds here.
        start.Environment.Remove("PSModulePath");
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        return start;
    }

    // NuGet extracts files without the right to execute them for everyone.
    private static bool MakeHostExecutable()
    {
        if (OperatingSystem.IsWindows())
            return true;
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var mode = File.GetUnixFileMode(Host);
        if ((mode & Execute) == Execute)
            return true;
        try
        {
            File.SetUnixFileMode(Host, mode | Execute);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // The package folder belongs to another user.
            return false;
        }
    }

    private static string Metadata(string key) => typeof(RestoredPowerShell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
