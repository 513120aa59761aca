using Mono.Cecil;

namespace LogScalePaging.Desktop.Tests;

/// <summary>
/// Finds assemblies as .NET Framework 4.7.2 does inside Windows PowerShell: first those of the framework and of PowerShell, also for a
/// lower requested version, then those of the module.
/// </summary>
internal sealed class FrameworkBinder : BaseAssemblyResolver
{
    private static readonly string[] s_framework = [Folders.Framework, Path.Combine(Folders.Framework, "Facades"), Folders.PowerShell];
    private readonly Dictionary<string, AssemblyDefinition> _read = new(StringComparer.Ordinal);

    public FrameworkBinder() => Shipped = [.. Directory.GetFiles(Folders.Shipped, "*.dll").Select(Read)];

    /// <summary>What the module ships.</summary>
    public IReadOnlyList<AssemblyDefinition> Shipped { get; }

    /// <summary>The assembly that the framework or PowerShell has for a reference; null when the module must ship it.</summary>
    public AssemblyDefinition? InFramework(AssemblyNameReference name)
    {
        var file = s_framework.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
        return file is not null && Read(file) is var found && found.Name.Version >= name.Version ? found : null;
    }

    /// <summary>The assembly of that name that the module ships, in whatever version.</summary>
    public AssemblyDefinition? InModule(AssemblyNameReference name) => Shipped.FirstOrDefault(a => a.Name.Name == name.Name);

    public override AssemblyDefinition Resolve(AssemblyNameReference name) =>
        InFramework(name) ?? InModule(name) ?? throw new AssemblyResolutionException(name);

    public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var assembly in _read.Values)
                assembly.Dispose();
        }
        base.Dispose(disposing);
    }

    private AssemblyDefinition Read(string file)
    {
        if (!_read.TryGetValue(file, out var assembly))
            _read[file] = assembly = AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = this });
        return assembly;
    }
}
