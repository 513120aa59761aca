namespace LogScalePaging.Export;

/// <summary>A row while it is put together.</summary>
internal sealed class RowBuffer
{
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

    private void Ensure(int more)
    {
        if (_used + more > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + more));
    }
}
