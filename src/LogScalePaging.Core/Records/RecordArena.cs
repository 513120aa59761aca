using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>
/// Copies the events of one answer into blocks that are smaller than the large object heap's limit, so that a long walk does not fragment
/// memory.
/// </summary>
internal sealed class RecordArena
{
    private const int BlockSize = 64 * 1024;
    private byte[] _block = [];
    private int _used;

    /// <summary>Copies an event that was scanned.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="start">Its position in the scanned bytes.</param>
    /// <param name="scan">The result of the scan.</param>
    public Record Keep(ReadOnlySpan<byte> utf8, int start, in RecordScan scan)
    {
        var kept = Copy(utf8);
        if (scan.MayHoldLineBreaks)
            LineBreaks.Blank(kept.Span);
        return new Record(kept, start, scan);
    }

    private Memory<byte> Copy(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _block.Length - _used)
        {
            if (utf8.Length > BlockSize / 4)
                return utf8.ToArray();
            _block = NewBlock();
            _used = 0;
        }
        var target = _block.AsMemory(_used, utf8.Length);
        utf8.CopyTo(target.Span);
        _used += utf8.Length;
        return target;
    }

    private static byte[] NewBlock() =>
#if NETSTANDARD2_0
        new byte[BlockSize];
#else
        GC.AllocateUninitializedArray<byte>(BlockSize);
#endif
}
