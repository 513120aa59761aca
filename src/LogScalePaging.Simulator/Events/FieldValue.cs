using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace LogScalePaging.Simulator.Events;

/// <summary>A value as it is written in an event's JSON.</summary>
internal readonly ref struct FieldValue
{
    private FieldValue(ReadOnlySpan<byte> raw, bool isString, bool hasEscapes, int end)
    {
        Raw = raw;
        IsString = isString;
        HasEscapes = hasEscapes;
        End = end;
    }

    /// <summary>The bytes between the quotes, or the bytes of a number.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    public bool IsString { get; }

    public bool HasEscapes { get; }

    /// <summary>The index in the event right after the value.</summary>
    public int End { get; }

    public string Text
    {
        get
        {
            if (!HasEscapes)
                return Utf8.Text(Raw);
            var quoted = new byte[Raw.Length + 2];
            quoted[0] = quoted[quoted.Length - 1] = (byte)'"';
            Raw.CopyTo(quoted.AsSpan(1));
            try
            {
                return JsonSerializer.Deserialize<string>(quoted)!;
            }
            catch (JsonException)
            {
                // Half a surrogate pair. A real server stores and sends it too. It can be found only by its escape.
                return Utf8.Text(Raw);
            }
        }
    }

    public static FieldValue At(ReadOnlySpan<byte> json, int start)
    {
        if (json[start] != (byte)'"')
        {
            var length = json.Slice(start).IndexOfAny((byte)',', (byte)'}');
            return new FieldValue(json.Slice(start, length), false, false, start + length);
        }
        var escapes = false;
        var i = start + 1;
        while (true)
        {
            i += json.Slice(i).IndexOfAny((byte)'"', (byte)'\\');
            if (json[i] == (byte)'"')
                return new FieldValue(json.Slice(start + 1, i - start - 1), true, escapes, i + 1);
            escapes = true;
            i += 2;
        }
    }

    public bool TryNumber(out double number)
        => (Utf8Parser.TryParse(Raw, out number, out var used) && used == Raw.Length && used > 0)
            || (HasEscapes && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));

    public bool TryInteger(out long number)
        => Utf8Parser.TryParse(Raw, out number, out var used) && used == Raw.Length && used > 0;

    public bool Is(ReadOnlySpan<byte> unescaped)
        => HasEscapes ? Utf8.Bytes(Text).AsSpan().SequenceEqual(unescaped) : Raw.SequenceEqual(unescaped);
}
