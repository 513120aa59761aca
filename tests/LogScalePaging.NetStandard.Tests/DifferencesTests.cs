using System.Reflection;
using LogScalePaging.Core.Tests.Support;

namespace LogScalePaging.Core.Tests;

public sealed class DifferencesTests
{
    [Fact]
    public void Contributing_lists_every_test_that_a_run_leaves_out_and_why()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot(), "CONTRIBUTING.md"));
        var left = typeof(DifferencesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => (Method: method, Except: method.GetCustomAttribute<FactExceptAttribute>()))
            .Where(test => test.Except is not null)
            .Select(
                test => $"| `{test.Method.DeclaringType!.Name}.{test.Method.Name}` | {Name(test.Except!.Runs)} | {test.Except.Because} |")
            .Order(StringComparer.Ordinal);
        var listed = text.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains("Tests.", StringComparison.Ordinal));
        Assert.Equal(left, listed.Order(StringComparer.Ordinal));
        Assert.NotEmpty(left);
    }

    private static string Name(Runs runs) => runs switch
    {
        Runs.Mono => "Mono",
        Runs.NetStandardOnNet => "netstandard2.0 on .NET",
        _ => "both",
    };

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LogScalePaging.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in the checkout.");
        return folder;
    }
}
