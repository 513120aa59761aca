#if NETSTANDARD2_0
using System.Reflection;

namespace LogScalePaging;

/// <summary>
/// Finds the module's dependencies in Windows PowerShell, which has no binding redirects for modules: the assembly beside this one is
/// taken whatever version of it was asked for.
/// </summary>
public static class DependencyResolver
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location)!;
    private static int s_registered;

    /// <summary>Registers the handler, once a process. The module's script calls it before any other type is looked at.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) == 0)
            AppDomain.CurrentDomain.AssemblyResolve += (_, args) => Resolve(new AssemblyName(args.Name));
    }

    private static Assembly? Resolve(AssemblyName name)
    {
        var candidate = Path.Combine(s_folder, name.Name + ".dll");
        return File.Exists(candidate) ? Assembly.LoadFrom(candidate) : null;
    }
}
#endif
