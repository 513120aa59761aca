using Mono.Cecil;
using Xunit.Abstractions;

namespace LogScalePaging.Desktop.Tests;

public sealed class ReferenceWalkTests(ITestOutputHelper output) : IDisposable
{
    private readonly FrameworkBinder _binder = new();

    public void Dispose() => _binder.Dispose();

    [Fact]
    public void Every_reference_of_every_shipped_assembly_resolves_on_NET_Framework()
    {
        var walk = new ReferenceWalk();
        foreach (var assembly in _binder.Shipped)
            walk.Add(assembly);
        output.WriteLine($"{_binder.Shipped.Count} assemblies, {walk.Types} types, {walk.Members} members");
        Assert.Empty(walk.Unresolved);
        // A walk of nothing would find nothing.
        Assert.Contains("LogScalePaging", _binder.Shipped.Select(a => a.Name.Name));
        Assert.InRange(walk.Types, 1_500, int.MaxValue);
        Assert.InRange(walk.Members, 7_500, int.MaxValue);
    }

    [Fact]
    public void A_method_that_only_newer_frameworks_have_is_found() =>
        Assert.Equal(
            ["LogScalePaging.Core: System.Int32 System.IO.Stream::Read(System.Object)"],
            Broken(m => m.GetMemberReferences().OfType<MethodReference>().First(r => r.FullName == "System.Int32 System.IO.Stream::Read(System.Byte[],System.Int32,System.Int32)"),
                read =>
                {
                    var method = (MethodReference)read;
                    method.Parameters.Clear();
                    method.Parameters.Add(new ParameterDefinition(read.Module.TypeSystem.Object));
                }));

    [Fact]
    public void A_type_that_is_nowhere_is_found() =>
        Assert.Contains(
            "LogScalePaging.Core: System.IO.Streams",
            Broken(m => m.GetTypeReferences().Single(t => t.FullName == "System.IO.Stream"), stream => stream.Name = "Streams"));

    [Fact]
    public void An_assembly_that_is_not_shipped_is_found() =>
        Assert.Contains(
            "LogScalePaging.Core: Polly.ResiliencePipeline: Polly.Coreless, Version=8.0.0.0, Culture=neutral, PublicKeyToken=c8a3ffc3f8f825cc is not there",
            Broken(m => m.GetTypeReferences().Single(t => t.FullName == "Polly.ResiliencePipeline"), type => ((TypeReference)type).Scope.Name = "Polly.Coreless"));

    // What the walk says of the engine after one of its references was broken.
    private IReadOnlyList<string> Broken(Func<ModuleDefinition, MemberReference> pick, Action<MemberReference> damage)
    {
        using var copy = AssemblyDefinition.ReadAssembly(
            Path.Combine(Folders.Shipped, "LogScalePaging.Core.dll"), new ReaderParameters { AssemblyResolver = _binder });
        damage(pick(copy.MainModule));
        var walk = new ReferenceWalk();
        walk.Add(copy);
        return walk.Unresolved;
    }
}
