using System.Management.Automation;

namespace LogScalePaging.Loader;

/// <summary>Called by PowerShell when it imports this assembly, which it does before it looks at the cmdlets.</summary>
public sealed class Initializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // The first import of a process cannot be of a second copy, and pays nothing to find out.
        if (!LoadContext.Register())
            SecondCopy.Warn();
    }
}
