using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace LogScalePaging;

/// <summary>
/// Called by PowerShell when the module is imported and removed. Removing it stops everything that runs in this process for the session.
/// </summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        if (Runspace.DefaultRunspace is { } runspace)
        {
            TimeCreatedProperty.AddTo(runspace);
            FieldCompletion.Offer(Session.Current.Fields);
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => Session.Current.Close();
}
