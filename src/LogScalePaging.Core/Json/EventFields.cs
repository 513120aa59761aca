using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Records;

namespace LogScalePaging.Json;

/// <summary>Reads the fields of one event in place, in the server's order, without decoding them.</summary>
/// <param name="utf8">One JSON object, as an <see cref="Record"/> holds it.</param>
internal ref struct EventFields(ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _json = utf8;
    private int _at = -1;

    /// <summary>The current field's name as it is written, with JSON escapes but without quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The current field's value as it is written: a string with its quotes, an object or array completely.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Where <see cref="Name"/> begins in the event.</summary>
    internal int NameStart { get; private set; }

    /// <summary>Where <see cref="Value"/> begins in the event.</summary>
    internal readonly int ValueStart => _at - Value.Length;

    /// <summary>Moves to the next field.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="JsonException">It is not one JSON object.</exception>
    [MethodImpl(HotPath.Method)]
    public bool MoveNext()
    {
        var json = _json;
        var at = Math.Max(_at, 0);
        var found = See(json, ref at);
        if (_at < 0)
        {
            if (found != (byte)'{')
                throw JsonScan.Unexpected(json, at);
            at++;
            found = See(json, ref at);
        }
        else if (found == (byte)',')
        {
            at++;
            found = See(json, ref at);
        }
        if (found == (byte)'}')
            return false;
        if (found != (byte)'"')
            throw JsonScan.Unexpected(json, at);
        var start = at + 1;
        at = Whole(JsonScan.AfterShortString(json, at));
        Name = json.Slice(start, at - 1 - start);
        NameStart = start;
        if (See(json, ref at) != (byte)':')
            throw JsonScan.Unexpected(json, at);
        at++;
        found = See(json, ref at);
        start = at;
        at = Whole(found == (byte)'"' ? JsonScan.AfterShortString(json, at) : JsonScan.AfterValue(json, at));
        Value = json.Slice(start, at - start);
        _at = at;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte See(ReadOnlySpan<byte> json, ref int at) => JsonScan.See(json, ref at, out var found) ? found : throw CutShort();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Whole(int at) => at >= 0 ? at : throw CutShort();

    private static JsonException CutShort() => new("The record is not complete.");
}
