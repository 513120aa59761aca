using System.Management.Automation;

namespace LogScalePaging.Loader;

/// <summary>Called by PowerShell when it imports this assembly, before it reads the cmdlets.</summary>
public sealed class Initializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // The first import of a process cannot be a second copy, so it skips the check.
        if (!LoadContext.Register())
            SecondCopy.Warn();
    }
}
