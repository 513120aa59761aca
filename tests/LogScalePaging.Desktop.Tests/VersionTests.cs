namespace LogScalePaging.Desktop.Tests;

/// <summary>
/// .NET Framework loads an assembly with a strong name only in the version that was asked for, and a module has no binding redirects:
/// the handler of the module answers for the others.
/// </summary>
public sealed class VersionTests
{
    // The name, the version that is asked for, and the version that the module ships.
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "Microsoft.Bcl.AsyncInterfaces", "6.0.0.0", "8.0.0.0" },
        { "Microsoft.Bcl.TimeProvider", "8.0.0.0", "8.0.0.1" },
        { "System.Buffers", "4.0.2.0", "4.0.3.0" },
        { "System.ComponentModel.Annotations", "4.2.0.0", "4.2.1.0" },
        { "System.Runtime.CompilerServices.Unsafe", "4.0.4.1", "6.0.0.0" },
    };

    [Fact]
    public void The_table_holds_every_reference_that_NET_Framework_refuses_without_the_handler()
    {
        using var binder = new FrameworkBinder();
        var refused =
            from assembly in binder.Shipped
            from reference in assembly.MainModule.AssemblyReferences
            where binder.InFramework(reference) is null
            let shipped = binder.InModule(reference)?.Name.Version
            where shipped != reference.Version
            select $"{reference.Name} {reference.Version} {shipped?.ToString() ?? "not shipped"}";
        Assert.Equal(Pairs.Select(pair => string.Join(' ', pair)), refused.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_handler_answers(string name, string requested, string shipped)
    {
        using var binder = new FrameworkBinder();
        var reference = binder.Shipped.SelectMany(a => a.MainModule.AssemblyReferences)
            .First(r => r.Name == name && r.Version.ToString() == requested);
        var answer = ResolveHandler.Find(reference.FullName, Path.Combine(Folders.Shipped, "LogScalePaging.Core.dll"));
        Assert.Equal(Path.Combine(Folders.Shipped, name + ".dll"), answer);
        Assert.Equal(shipped, System.Reflection.AssemblyName.GetAssemblyName(answer!).Version!.ToString());
        Assert.True(Version.Parse(shipped) > Version.Parse(requested));
    }
}
