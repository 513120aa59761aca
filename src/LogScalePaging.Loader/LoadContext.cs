using System.Reflection;
using System.Runtime.Loader;

namespace LogScalePaging.Loader;

/// <summary>
/// Loads the module's assembly and everything beside it into a context of its own, so that its dependencies
/// never meet those of another module in the same session.
/// </summary>
public sealed class LoadContext : AssemblyLoadContext
{
    private static readonly object s_gate = new();
    private static LoadContext? s_instance;

    private readonly string _folder;
    private Assembly? _module;

    private LoadContext(string folder) : base("LogScalePaging", isCollectible: false) => _folder = folder;

    /// <summary>Loads <c>LogScalePaging.dll</c> from the folder of this assembly, once a process.</summary>
    /// <returns>The assembly that holds the cmdlets.</returns>
    public static Assembly Initialize()
    {
        lock (s_gate)
        {
            var folder = Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!;
            s_instance ??= new LoadContext(folder);
            return s_instance._module ??= s_instance.LoadFromAssemblyPath(Path.Combine(folder, "LogScalePaging.dll"));
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What is not beside the module (the class library, PowerShell itself) comes from the default context.
        var candidate = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(candidate) ? LoadFromAssemblyPath(candidate) : null;
    }
}
