using System.Runtime.CompilerServices;

namespace LogScalePaging.Common;

/// <summary>
/// Marks the loops that process every byte. A search in a new PowerShell ends before the runtime has found out which methods to optimise,
/// so these methods are optimised from their first call.
/// </summary>
internal static class HotPath
{
    /// <summary><c>AggressiveOptimization</c>, which .NET Standard 2.0 does not define.</summary>
    public const MethodImplOptions Method = (MethodImplOptions)512;
}
