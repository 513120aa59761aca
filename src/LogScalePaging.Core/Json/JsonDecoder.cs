using System.Runtime.CompilerServices;
using LogScalePaging.Common;

namespace LogScalePaging.Json;

/// <summary>
/// Decodes the inside of any JSON string to valid UTF-8. A lone surrogate and bad UTF-8 become U+FFFD. An unknown escape stays as it is
/// written. The buffer is reused for each call.
/// </summary>
internal sealed class JsonDecoder
{
    private byte[] _buffer = new byte[1024];
    private int _used;

    /// <summary>The decoded text, valid until the next call.</summary>
    [MethodImpl(HotPath.Method)]
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> raw)
    {
        // An escape never decodes to more bytes than it has: \uXXXX has 6 bytes and decodes to at most 3.
        if (_buffer.Length < raw.Length)
            _buffer = new byte[raw.Length * 2];
        _used = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
                break;
            Append(raw.Slice(0, plain));
            raw = raw.Slice(plain);
            raw = raw.Slice(Escape(raw));
        }
        Append(raw);
        return Utf8Text.Mended(_buffer.AsSpan(0, _used));
    }

    /// <summary>The decoded text as a string.</summary>
    public string DecodeToString(ReadOnlySpan<byte> raw) => Utf8Text.Get(Decode(raw));

    // Decodes one escape and returns its length in the text.
    [MethodImpl(HotPath.Method)]
    private int Escape(ReadOnlySpan<byte> raw)
    {
        if (raw.Length >= 6 && raw[1] == 'u' && TryHex(raw.Slice(2, 4), out var unit))
        {
            if (char.IsHighSurrogate((char)unit) && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u'
                && TryHex(raw.Slice(8, 4), out var low) && char.IsLowSurrogate((char)low))
            {
                AppendScalar(char.ConvertToUtf32((char)unit, (char)low));
                return 12;
            }
            AppendScalar(char.IsSurrogate((char)unit) ? 0xFFFD : unit);
            return 6;
        }
        var plain = raw.Length < 2 ? 0 : raw[1] switch
        {
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)raw[1],
            _ => '\0',
        };
        if (plain == 0)
        {
            AppendScalar('\\');
            return 1;
        }
        AppendScalar(plain);
        return 2;
    }

    [MethodImpl(HotPath.Method)]
    private static bool TryHex(ReadOnlySpan<byte> digits, out int value) =>
        System.Buffers.Text.Utf8Parser.TryParse(digits, out value, out var used, 'x') && used == digits.Length;

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void AppendScalar(int scalar)
    {
        if (scalar < 0x80)
        {
            _buffer[_used++] = (byte)scalar;
        }
        else if (scalar < 0x800)
        {
            _buffer[_used++] = (byte)(0xC0 | (scalar >> 6));
            _buffer[_used++] = (byte)(0x80 | (scalar & 0x3F));
        }
        else
        {
            if (scalar < 0x10000)
            {
                _buffer[_used++] = (byte)(0xE0 | (scalar >> 12));
            }
            else
            {
                _buffer[_used++] = (byte)(0xF0 | (scalar >> 18));
                _buffer[_used++] = (byte)(0x80 | ((scalar >> 12) & 0x3F));
            }
            _buffer[_used++] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
            _buffer[_used++] = (byte)(0x80 | (scalar & 0x3F));
        }
    }
}
