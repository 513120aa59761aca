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
        Assert.True(walk.Unresolved.Count == 0, string.Join('\n', walk.Unresolved));
        // A walk of nothing would find nothing.
        Assert.Contains("LogScalePaging", _binder.Shipped.Select(a => a.Name.Name));
        Assert.InRange(walk.Types, 1_500, int.MaxValue);
        Assert.InRange(walk.Members, 7_500, int.MaxValue);
    }

    [Fact]
    public void A_method_that_the_framework_does_not_have_is_found()
    {
        const string Read = "System.Int32 System.IO.Stream::Read(System.Byte[],System.Int32,System.Int32)";
        var found = Broken(
            m => m.GetMemberReferences().First(r => r.FullName == Read), read => ((MethodReference)read).Parameters.RemoveAt(2));
        Assert.Equal(["LogScalePaging.Core: System.Int32 System.IO.Stream::Read(System.Byte[],System.Int32)"], found);
    }

    [Fact]
    public void A_type_that_is_nowhere_is_found()
    {
        var found = Broken(m => m.GetTypeReferences().Single(t => t.FullName == "System.IO.Stream"), stream => stream.Name = "Streams");
        Assert.Contains("LogScalePaging.Core: System.IO.Streams", found);
    }

    [Fact]
    public void An_assembly_that_is_not_shipped_is_found()
    {
        const string Pipeline = "Polly.ResiliencePipeline";
        var found = Broken(
            m => m.GetTypeReferences().Single(t => t.FullName == Pipeline), type => ((TypeReference)type).Scope.Name = "Polly.Coreless");
        Assert.Contains(found, line => line.StartsWith($"LogScalePaging.Core: {Pipeline}: Polly.Coreless, ", StringComparison.Ordinal));
    }

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
