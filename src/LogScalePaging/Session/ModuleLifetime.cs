using System.Management.Automation;

namespace LogScalePaging;

/// <summary>Called by PowerShell when the module is removed: what runs in this process on behalf of the session ends.</summary>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => Session.Current.Close();
}
