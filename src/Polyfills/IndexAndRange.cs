// Enough of System.Index and System.Range for [^1] and [a..b] on strings, arrays of known length and spans.
#pragma warning disable IDE0130 // the namespaces are given by the compiler

namespace System;

internal readonly struct Index(int value, bool fromEnd = false)
{
    public static Index Start => new(0);
    public static Index End => new(0, true);
    public int GetOffset(int length) => fromEnd ? length - value : value;
    public static implicit operator Index(int value) => new(value);
}

internal readonly struct Range(Index start, Index end)
{
    public Index Start { get; } = start;
    public Index End { get; } = end;
    public static Range StartAt(Index start) => new(start, Index.End);
    public static Range EndAt(Index end) => new(Index.Start, end);
    public static Range All => new(Index.Start, Index.End);
}
