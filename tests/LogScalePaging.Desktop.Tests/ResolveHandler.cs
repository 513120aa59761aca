using System.Reflection;
using System.Runtime.Loader;

namespace LogScalePaging.Desktop.Tests;

/// <summary>The handler of the shipped assembly, which Windows PowerShell calls where it cannot find an assembly itself.</summary>
internal static class ResolveHandler
{
    private static readonly Func<string, string?, string?> s_find = Load();

    /// <summary>The file that the handler loads, or null.</summary>
    /// <param name="requested">The full name of the assembly that was asked for.</param>
    /// <param name="requestedBy">The file of the assembly that asks; null when the runtime does not know.</param>
    public static string? Find(string requested, string? requestedBy) => s_find(requested, requestedBy);

    private static Func<string, string?, string?> Load()
    {
        var context = new AssemblyLoadContext("Windows PowerShell");
        return context.LoadFromAssemblyPath(Path.Combine(Folders.Shipped, "LogScalePaging.dll"))
            .GetType("LogScalePaging.DependencyResolver", throwOnError: true)!
            .GetMethod("Find", BindingFlags.Static | BindingFlags.NonPublic)!
            .CreateDelegate<Func<string, string?, string?>>();
    }
}
