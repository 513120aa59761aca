using LogScalePaging.Diagnostics;
using Mono.Cecil;

namespace LogScalePaging.Architecture.Tests;

public sealed class ArrowTests : IDisposable
{
    private readonly AssemblyDefinition _engine = AssemblyDefinition.ReadAssembly(typeof(SignalLog).Assembly.Location);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Every_namespace_of_the_engine_is_in_the_table()
    {
        var unknown = Namespaces().Where(n => !Arrows.Know(n)).ToList();

        Assert.True(unknown.Count == 0, $"Add these namespaces to the table of {nameof(Arrows)}: {string.Join(", ", unknown)}");
    }

    [Fact]
    public void No_namespace_of_the_engine_uses_one_that_the_table_does_not_allow()
    {
        var uses = new TypeUses(_engine).All().ToList();
        var forbidden = uses.Where(u => IsOurs(u.User) && IsOurs(u.Used) && !Arrows.Allow(u.User.Namespace, u.Used.Namespace))
            .Select(u => $"{u.User.FullName} uses {u.Used.FullName}").Order(StringComparer.Ordinal).ToList();

        Assert.True(uses.Count > 1000, $"The walk found only {uses.Count} uses.");
        Assert.True(forbidden.Count == 0, string.Join(Environment.NewLine, forbidden.Prepend("These arrows are forbidden:")));
    }

    [Theory]
    [InlineData("LogScalePaging.Paging", "LogScalePaging.Transport.Http")]
    [InlineData("LogScalePaging.Diagnostics", "LogScalePaging.Paging")]
    [InlineData("LogScalePaging.Transport", "LogScalePaging.Paging")]
    [InlineData("LogScalePaging.Search", "LogScalePaging.LogScale")]
    [InlineData("LogScalePaging.Falcon", "LogScalePaging.LogScale")]
    [InlineData("LogScalePaging.LogScale", "LogScalePaging.Falcon.SignIn")]
    [InlineData("LogScalePaging.LogScale", "LogScalePaging")]
    [InlineData("LogScalePaging.LogScale.Windows", "LogScalePaging.LogScale")]
    [InlineData("LogScalePaging.Export.Files", "LogScalePaging.Export.Store")]
    [InlineData("LogScalePaging.LogScale.Windows", "LogScalePaging.Export")]
    [InlineData("LogScalePaging.Export", "LogScalePaging.LogScale")]
    public void An_arrow_that_points_up_is_forbidden(string from, string to) => Assert.False(Arrows.Allow(from, to));

    [Theory]
    [InlineData("LogScalePaging.Paging", "LogScalePaging.Records")]
    [InlineData("LogScalePaging.LogScale", "LogScalePaging.LogScale.Windows")]
    [InlineData("LogScalePaging.Export.Store", "LogScalePaging.Export.Files")]
    [InlineData("LogScalePaging", "LogScalePaging.LogScale")]
    public void An_arrow_that_points_down_is_allowed(string from, string to) => Assert.True(Arrows.Allow(from, to));

    [Fact]
    public void The_walk_sees_uses_in_code_and_in_members()
    {
        var uses = new TypeUses(_engine).All().Select(u => $"{u.User.Name} {u.Used.Name}").ToHashSet();

        Assert.Contains("SignalLog Printable", uses);
        Assert.Contains("PagerOptions SignalLog", uses);
    }

    private IEnumerable<string> Namespaces() => _engine.MainModule.Types.Where(IsOurs).Select(t => t.Namespace).Distinct();

    // The types of the compiler and of the polyfills are in other namespaces.
    private static bool IsOurs(TypeDefinition type) =>
        type.Namespace == "LogScalePaging" || type.Namespace.StartsWith("LogScalePaging.", StringComparison.Ordinal);
}
