namespace LogScalePaging.Export;

/// <summary>Reads a part in large pieces of whole lines.</summary>
internal sealed class PartReader(string path) : IDisposable
{
    private readonly FileStream _file = DurableFile.Read(path);
    private byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes handed out so far. At the end it is the file's size, unless the last line has no end.</summary>
    public long Bytes { get; private set; }

    /// <summary>The next lines, each with its line end, valid until the next call; empty at the end of the file.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (true)
        {
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = _file.Read(_buffer, _end, _buffer.Length - _end);
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

    public void Dispose() => _file.Dispose();
}
