#if NETFRAMEWORK
#pragma warning disable IDE0130 // the compiler looks for this namespace

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler calls for a range of an array.</summary>
internal static class RuntimeHelpers
{
    public static T[] GetSubArray<T>(T[] array, Range range)
    {
        var (offset, length) = range.GetOffsetAndLength(array.Length);
        var part = new T[length];
        Array.Copy(array, offset, part, 0, length);
        return part;
    }
}
#endif
