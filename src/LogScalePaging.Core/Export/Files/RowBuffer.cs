namespace LogScalePaging.Export.Files;

/// <summary>A row while it is built.</summary>
internal sealed class RowBuffer
{
    /// <summary>Much larger than any event. A damaged file without line ends must not fill the memory.</summary>
    public const int Limit = 256 * 1024 * 1024;

    private byte[] _bytes = new byte[4096];
    private int _used;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    public void Clear() => _used = 0;

    public void Add(byte value)
    {
        Ensure(1);
        _bytes[_used++] = value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
    }

    public static InvalidDataException TooLong() => new($"A row is longer than {Limit / 1024 / 1024} MiB.");

    private void Ensure(int more)
    {
        if (_used + more > Limit)
            throw TooLong();
        if (_used + more > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + more));
    }
}
