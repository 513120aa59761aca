using System.Buffers;

namespace LogScalePaging.Export.Files;

/// <summary>Reads a stream in large blocks of complete lines. Owns the stream.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    // A block stays in a core's cache between reading, counting, hashing and writing.
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockBuffer.DefaultSize);
    private int _start;
    private int _end;

    /// <summary>Bytes returned so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// The bytes after the last line end. Empty, unless the stream was cut. Valid after <see cref="Next"/> has returned nothing.
    /// </summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The result of the last call of <see cref="Next"/>, for a reader that cannot hold a span.</summary>
    public ReadOnlyMemory<byte> Last => _buffer.AsMemory(0, _start);

    /// <summary>The next lines, each with its line end, valid until the next call; empty at the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        Rest.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (true)
        {
            if (_end == _buffer.Length && _end >= RowBuffer.Limit)
                throw RowBuffer.TooLong();
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return default;
            var last = _buffer.AsSpan(_end, read).LastIndexOf((byte)'\n');
            _start = last < 0 ? 0 : _end + last + 1;
            _end += read;
            if (last < 0)
                continue;
            Bytes += _start;
            return _buffer.AsSpan(0, _start);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        (_start, _end) = (0, 0);
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
