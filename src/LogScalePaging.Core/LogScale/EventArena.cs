using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>Copies the events of one answer into blocks that stay below the large object heap, so that a long walk leaves a flat heap.</summary>
internal sealed class EventArena
{
    private const int BlockSize = 64 * 1024;
    private byte[] _block = [];
    private int _used;

    /// <summary>Copies an event that was scanned.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="start">Where it stands in what was scanned.</param>
    /// <param name="scan">What was found in it.</param>
    public EventRecord Keep(ReadOnlySpan<byte> utf8, int start, in EventScan scan)
    {
        var kept = Copy(utf8);
        // Without its line breaks, nothing is where it was.
        return kept.Length != utf8.Length
            ? EventRecord.Parse(kept)
            : new EventRecord(kept, start, scan);
    }

    /// <summary>Copies an event. Line breaks between its tokens are left out, so that an event is always one line.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _block.Length - _used)
        {
            if (utf8.Length > BlockSize / 4)
                return WithoutLineBreaks(utf8.ToArray());
            _block = NewBlock();
            _used = 0;
        }
        var target = _block.AsMemory(_used, utf8.Length);
        utf8.CopyTo(target.Span);
        _used += utf8.Length;
        return WithoutLineBreaks(target);
    }

    /// <summary>True when no line break stands in it.</summary>
    public static bool IsOneLine(ReadOnlySpan<byte> utf8) => utf8.IndexOfAny((byte)'\n', (byte)'\r') < 0;

    private static byte[] NewBlock() =>
#if NETSTANDARD2_0
        new byte[BlockSize];
#else
        GC.AllocateUninitializedArray<byte>(BlockSize);
#endif

    // Inside strings JSON allows no raw line break, so any that is there stands between tokens.
    private static ReadOnlyMemory<byte> WithoutLineBreaks(Memory<byte> json)
    {
        var span = json.Span;
        if (IsOneLine(span))
            return json;
        var kept = 0;
        foreach (var b in span)
        {
            if (b is not ((byte)'\n' or (byte)'\r'))
                span[kept++] = b;
        }
        return json.Slice(0, kept);
    }
}
