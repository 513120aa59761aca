using System.Management.Automation;

namespace LogScalePaging;

/// <summary>Called by PowerShell when the module is removed. It stops everything that runs in this process for the session.</summary>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => Session.Current.Close();
}
