using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace LogScalePaging.Simulator.Events;

/// <summary>A growing buffer of UTF-8 text. It escapes only what JSON requires, so that text stays as it was written.</summary>
internal sealed class ByteWriter(int capacity = 1024) : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }

    public byte[] Buffer => _buffer;

    public ReadOnlySpan<byte> Written => new(_buffer, 0, Length);

    public void Clear() => Length = 0;

    /// <summary>Removes the last bytes.</summary>
    public void Shorten(int count) => Length -= count;

    public byte[] ToArray() => Written.ToArray();

    public ByteWriter Add(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
        return this;
    }

    public ByteWriter Add(byte one)
    {
        Ensure(1);
        _buffer[Length++] = one;
        return this;
    }

    public ByteWriter Add(long number)
    {
        Ensure(20);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(Length), out var written);
        Length += written;
        return this;
    }

    public ByteWriter Add(string text)
    {
        Ensure(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, Length);
        return this;
    }

    /// <summary>Text with JSON escapes, without the quotes around it.</summary>
    public ByteWriter AddEscaped(string text)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= ' ' && c != '"' && c != '\\')
                continue;
            Add(text.Substring(from, i - from));
            from = i + 1;
            switch (c)
            {
                case '"': Add("\\\""u8); break;
                case '\\': Add("\\\\"u8); break;
                case '\n': Add("\\n"u8); break;
                case '\r': Add("\\r"u8); break;
                case '\t': Add("\\t"u8); break;
                default: Add("\\u00"u8).Add(Hex(c >> 4)).Add(Hex(c & 15)); break;
            }
        }
        return from == 0 ? Add(text) : Add(text.Substring(from));
    }

    /// <summary>A JSON string with its quotes.</summary>
    public ByteWriter AddString(string text) => Add((byte)'"').AddEscaped(text).Add((byte)'"');

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(256, sizeHint));
        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);

    private void Ensure(int count)
    {
        if (_buffer.Length - Length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
    }
}
