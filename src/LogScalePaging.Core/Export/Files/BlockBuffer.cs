using System.Buffers;

namespace LogScalePaging.Export.Files;

/// <summary>
/// Collects bytes and writes them to a stream in blocks of one size. Blocks are large, so that the cost of a call does not matter. They
/// are equal from run to run, so that a compressor writes the same bytes for the same events.
/// </summary>
internal sealed class BlockBuffer(Stream stream, int size = BlockBuffer.DefaultSize)
{
    /// <summary>Large enough that the cost of a call does not matter, and small enough for a core's cache.</summary>
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

    /// <summary>Returns the memory. Bytes that were not flushed are lost.</summary>
    public void Release()
    {
        var block = Interlocked.Exchange(ref _block, []);
        if (block.Length == 0)
            return;
        // A write after this must fail at once, and not use memory that belongs to another owner by now.
        _used = size;
        ArrayPool<byte>.Shared.Return(block);
    }
}
