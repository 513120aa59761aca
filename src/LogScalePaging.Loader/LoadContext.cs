using System.Reflection;
using System.Runtime.Loader;

namespace LogScalePaging.Loader;

/// <summary>
/// Loads the engine, the simulator and what they need into a context of their own, so that the module's dependencies never meet those
/// of another module in the same session. The cmdlets are loaded by PowerShell itself, as it does it fastest, and find the engine here.
/// </summary>
public sealed class LoadContext : AssemblyLoadContext
{
    private static readonly string s_folder = Path.Combine(Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!, "dependencies");
    private static readonly Lazy<LoadContext> s_instance = new(static () => new LoadContext());
    private static int s_registered;

    private LoadContext() : base("LogScalePaging", isCollectible: false)
    {
    }

    /// <summary>Makes the engine known to whoever looks for it in vain, once a process.</summary>
    /// <returns>True the first time.</returns>
    public static bool Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) != 0)
            return false;
        Default.Resolving += static (_, name) => name.Name is "LogScalePaging.Core" or "LogScalePaging.Simulator" ? s_instance.Value.LoadFromAssemblyName(name) : null;
        return true;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What is not there (the class library, PowerShell itself) comes from the default context.
        var candidate = Path.Combine(s_folder, assemblyName.Name + ".dll");
        return File.Exists(candidate) ? LoadFromAssemblyPath(candidate) : null;
    }
}
