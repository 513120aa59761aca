using System.Buffers;

namespace LogScalePaging.Export.Files;

/// <summary>
/// Gathers bytes and hands them to a stream in blocks of one size, whatever pieces they came in: large enough to make the cost of a
/// call vanish, and equal from run to run, so that a compressor behind it gives the same bytes for the same events.
/// </summary>
internal sealed class BlockBuffer(Stream stream, int size = BlockBuffer.DefaultSize)
{
    /// <summary>Large enough that the cost of a call vanishes, small enough for a core's cache.</summary>
    public const int DefaultSize = 256 * 1024;

    // Rented: an array of this size goes to the large object heap, and an export can have a thousand parts.
    private byte[] _block = ArrayPool<byte>.Shared.Rent(size);
    private int _used;

    /// <summary>Bytes taken so far.</summary>
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (bytes.Length >= size - _used)
        {
            var fits = size - _used;
            bytes.Slice(0, fits).CopyTo(_block.AsSpan(_used));
            stream.Write(_block, 0, size);
            _used = 0;
            bytes = bytes.Slice(fits);
        }
        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }

    public void Flush()
    {
        stream.Write(_block, 0, _used);
        _used = 0;
        stream.Flush();
    }

    /// <summary>Gives the memory back; what was not flushed is lost.</summary>
    public void Release()
    {
        var block = Interlocked.Exchange(ref _block, []);
        if (block.Length == 0)
            return;
        // A write after this fails in its first line, in place of reaching memory that is another's by now.
        _used = size;
        ArrayPool<byte>.Shared.Return(block);
    }
}
