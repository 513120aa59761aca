using System.Runtime.CompilerServices;

namespace LogScalePaging.Common;

/// <summary>
/// Marks the loops that every byte passes through. A search in a fresh PowerShell is over before the runtime has found out by itself
/// which methods are worth compiling well: these are, from their first call on.
/// </summary>
public static class HotPath
{
    /// <summary><c>AggressiveOptimization</c>, which .NET Standard 2.0 has no name for.</summary>
    public const MethodImplOptions Method = (MethodImplOptions)512;
}
