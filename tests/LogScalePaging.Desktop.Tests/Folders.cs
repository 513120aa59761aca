using System.Reflection;

namespace LogScalePaging.Desktop.Tests;

/// <summary>Where the build put what these tests read.</summary>
internal static class Folders
{
    /// <summary>The reference assemblies of .NET Framework 4.7.2.</summary>
    public static string Framework { get; } = Of("Framework");

    /// <summary>The reference assembly of Windows PowerShell.</summary>
    public static string PowerShell { get; } = Of("PowerShell");

    /// <summary>The assemblies that the module ships for Windows PowerShell.</summary>
    public static string Shipped { get; } = Of("Shipped");

    private static string Of(string key) => Path.GetFullPath(
        typeof(Folders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!);
}
