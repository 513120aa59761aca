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

    /// <summary>True once the module was imported before in this process.</summary>
    public static bool IsAgain { get; private set; }

    /// <summary>Loads <c>LogScalePaging.dll</c>, once a process.</summary>
    /// <param name="moduleRoot">The folder of the module.</param>
    /// <returns>The assembly that holds the cmdlets.</returns>
    /// <exception cref="InvalidOperationException">A copy of the module in another folder is loaded already: a process can hold one.</exception>
    public static Assembly Initialize(string moduleRoot)
    {
        var folder = Path.Combine(Path.GetFullPath(moduleRoot), "bin", "net8.0");
        lock (s_gate)
        {
            IsAgain = s_instance is not null;
            s_instance ??= new LoadContext(folder);
            if (!string.Equals(s_instance._folder, folder, StringComparison.OrdinalIgnoreCase))
                throw new InvalidOperationException($"Another LogScalePaging is loaded in this session, from '{s_instance._folder}'. Start a new PowerShell session to use the one in '{moduleRoot}'.");
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
