using System.Collections.Concurrent;
using System.Management.Automation;

namespace LogScalePaging.Loader;

/// <summary>
/// A process holds one assembly of a name: when the module is imported from a second folder, PowerShell hands out the commands of the
/// first once more and says nothing of it. So this does, once for each folder.
/// </summary>
internal static class SecondCopy
{
    private static readonly string s_file = typeof(SecondCopy).Assembly.Location;
    // The module's folder holds bin/net8.0/ with this assembly.
    private static readonly string s_home = Path.GetFullPath(Path.Combine(s_file, "../../.."));
    private static readonly StringComparer s_paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
    private static readonly ConcurrentDictionary<string, bool> s_told = new(s_paths);

    /// <summary>Warns when the module that is being imported is not the one that this assembly came with. On the thread of an import.</summary>
    public static void Warn()
    {
        try
        {
            // PowerShell tells an initializer nothing, but it runs in the session state of the module that is being imported.
            if (ScriptBlock.Create("$ExecutionContext.SessionState.Module").InvokeReturnAsIs() is not PSObject { BaseObject: PSModuleInfo { ModuleBase: { } folder } })
                return;
            folder = Path.GetFullPath(folder);
            // A module that nests this one has a folder of its own, but no copy in it.
            if (s_paths.Equals(folder, s_home) || !File.Exists(Path.Combine(folder, Path.GetRelativePath(s_home, s_file))) || !s_told.TryAdd(folder, true))
                return;
            ScriptBlock.Create("param($Message) Microsoft.PowerShell.Utility\\Write-Warning $Message").Invoke(
                $"LogScalePaging has been loaded from '{s_home}', and a session can load it only once: the commands imported from '{folder}' run the code of the first folder. Start a new session to use the other one.");
        }
        catch (RuntimeException e) when (e is not (ActionPreferenceStopException or PipelineStoppedException))
        {
            // A restricted session may lack what it takes to ask or to say it: the module works all the same.
        }
    }
}
