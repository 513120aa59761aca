#if NETSTANDARD2_0
using System.Reflection;

namespace LogScalePaging;

/// <summary>
/// Finds the module's dependencies in Windows PowerShell. .NET Framework loads an assembly only in the requested version, and a module
/// has no binding redirects. This handler returns the assembly next to this one.
/// </summary>
public static class DependencyResolver
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location)!;
    private static int s_registered;

    /// <summary>Registers the handler, once per process. The module's script calls it before it uses any other type.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += (_, args) => Resolve(args);
    }

    private static Assembly? Resolve(ResolveEventArgs args)
    {
        // An assembly that was created in memory has no location.
        var requestedBy = args.RequestingAssembly is { IsDynamic: false } assembly ? assembly.Location : null;
        return Find(args.Name, requestedBy) is { } path ? Assembly.LoadFrom(path) : null;
    }

    /// <summary>The file for a request; null if this handler has none.</summary>
    /// <param name="requested">The full name of the requested assembly.</param>
    /// <param name="requestedBy">The file of the requesting assembly.</param>
    internal static string? Find(string requested, string? requestedBy)
    {
        // Other modules of the process find their own dependencies, which may have other versions.
        if (string.IsNullOrEmpty(requestedBy) || !s_folder.Equals(Path.GetDirectoryName(requestedBy), StringComparison.OrdinalIgnoreCase))
            return null;
        var wanted = new AssemblyName(requested);
        var path = Path.Combine(s_folder, wanted.Name + ".dll");
        return File.Exists(path) && Satisfies(AssemblyName.GetAssemblyName(path), wanted) ? path : null;
    }

    private static bool Satisfies(AssemblyName found, AssemblyName wanted)
    {
        var token = wanted.GetPublicKeyToken() ?? [];
        return (wanted.Version is null || found.Version >= wanted.Version)
            && string.IsNullOrEmpty(wanted.CultureName)
            && (token.Length == 0 || token.SequenceEqual(found.GetPublicKeyToken() ?? []));
    }
}
#endif
