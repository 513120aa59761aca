using System.Collections.Concurrent;
using System.Management.Automation;

namespace LogScalePaging.Loader;

/// <summary>
/// A process can load one assembly of a name. If the module is imported from a second folder, PowerShell silently returns the commands of
/// the first copy. This class warns about it, once for each folder.
/// </summary>
internal static class SecondCopy
{
    private static readonly string s_file = typeof(SecondCopy).Assembly.Location;
    // The module's folder has bin/net8.0/ with this assembly.
    private static readonly string s_home = Path.GetFullPath(Path.Combine(s_file, "../../.."));
    private static readonly StringComparer s_paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
    private static readonly ConcurrentDictionary<string, bool> s_told = new(s_paths);

    /// <summary>Warns if the imported module is not the one that this assembly belongs to. Runs on the thread of an import.</summary>
    public static void Warn()
    {
        try
        {
            // PowerShell passes nothing to an initializer, but it runs in the session state of the imported module.
            if (ScriptBlock.Create("$ExecutionContext.SessionState.Module")
                .InvokeReturnAsIs() is not PSObject { BaseObject: PSModuleInfo { ModuleBase: { } folder } })
                return;
            folder = Path.GetFullPath(folder);
            // A module that nests this one has its own folder, but no copy of this module in it.
            if (s_paths.Equals(folder, s_home) || !File.Exists(Path.Combine(folder, Path.GetRelativePath(s_home, s_file)))
                || !s_told.TryAdd(folder, true))
                return;
            ScriptBlock.Create("param($Message) Microsoft.PowerShell.Utility\\Write-Warning $Message").Invoke(
                $"LogScalePaging is already loaded from '{s_home}'. A session can load it only once, so the commands imported from "
                    + $"'{folder}' run the code of the first folder. Start a new session to use the other folder.");
        }
        catch (RuntimeException e) when (e is not (ActionPreferenceStopException or PipelineStoppedException))
        {
            // A restricted session may not allow this check or the warning. The module works without them.
        }
    }
}
