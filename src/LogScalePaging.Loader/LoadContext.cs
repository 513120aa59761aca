using System.Reflection;
using System.Runtime.Loader;

namespace LogScalePaging.Loader;

/// <summary>
/// Loads the engine, the simulator and their dependencies into a separate load context, so that they do not conflict with the
/// dependencies of another module in the same session. PowerShell loads the cmdlets itself, because this is fastest, and they find the
/// engine here.
/// </summary>
public sealed class LoadContext : AssemblyLoadContext
{
    private static readonly string s_folder = Path.Combine(Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!, "dependencies");
    private static readonly Lazy<LoadContext> s_instance = new(static () => new LoadContext());
    private static int s_registered;

    private LoadContext() : base("LogScalePaging", isCollectible: false)
    {
    }

    /// <summary>Resolves the engine's assemblies in this context. Once per process.</summary>
    /// <returns>True the first time.</returns>
    public static bool Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) != 0)
            return false;
        Default.Resolving += static (_, name) => name.Name is "LogScalePaging.Core" or "LogScalePaging.Simulator"
            ? s_instance.Value.LoadFromAssemblyName(name)
            : null;
        return true;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Other assemblies (the class library, PowerShell itself) come from the default context.
        var candidate = Path.Combine(s_folder, assemblyName.Name + ".dll");
        return File.Exists(candidate) ? LoadFromAssemblyPath(candidate) : null;
    }
}
