using Mono.Cecil;

namespace LogScalePaging.Desktop.Tests;

/// <summary>Resolves every type and member reference of assemblies.</summary>
internal sealed class ReferenceWalk
{
    private readonly List<string> _unresolved = [];

    public int Types { get; private set; }

    public int Members { get; private set; }

    /// <summary>What could not be resolved.</summary>
    public IReadOnlyList<string> Unresolved => _unresolved;

    public void Add(AssemblyDefinition assembly)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var type in module.GetTypeReferences())
            {
                Types++;
                Check(assembly, type, type.Resolve);
            }
            foreach (var member in module.GetMemberReferences())
            {
                // The runtime makes the methods of arrays.
                if (member.DeclaringType is ArrayType)
                    continue;
                Members++;
                Check(assembly, member, member.Resolve);
            }
        }
    }

    private void Check(AssemblyDefinition assembly, MemberReference reference, Func<IMemberDefinition?> resolve)
    {
        try
        {
            if (resolve() is not null)
                return;
            _unresolved.Add($"{assembly.Name.Name}: {reference.FullName}");
        }
        catch (AssemblyResolutionException e)
        {
            _unresolved.Add($"{assembly.Name.Name}: {reference.FullName}: {e.AssemblyReference.FullName} is not there");
        }
    }
}
