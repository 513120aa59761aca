using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>What paging needs to know of one event, found in its bytes: where it ends, its <c>@id</c> and its times.</summary>
internal struct EventScan
{
    /// <summary>Where the value of <c>@id</c> begins, after its quote, counted from where the scan began to read.</summary>
    public int IdStart;

    /// <summary>Bytes of <c>@id</c>, escapes included; 0 when the event has none.</summary>
    public int IdLength;

    /// <summary>Epoch milliseconds of <c>@timestamp</c>; null when the event has none.</summary>
    public long? Timestamp;

    /// <summary>Epoch milliseconds of <c>@ingesttimestamp</c>; null when the event has none.</summary>
    public long? IngestTimestamp;

    /// <summary>False when no line break stands in the event.</summary>
    public bool MayHoldLineBreaks;

    /// <summary>Scans bytes that are one event and nothing more.</summary>
    /// <exception cref="JsonException">They are not one JSON object.</exception>
    public static EventScan Whole(ReadOnlySpan<byte> json)
    {
        var at = 0;
        if (!JsonScan.See(json, ref at, out var found) || found != (byte)'{')
            throw new JsonException("An event must be a JSON object.");
        var scan = new EventScan();
        at = scan.Run(json, at);
        if (at < 0)
            throw new JsonException("The event is not complete.");
        return JsonScan.See(json, ref at, out _) ? throw JsonScan.Unexpected(json, at) : scan;
    }

    /// <summary>Scans the event that begins at an opening brace.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="at">Index of the brace.</param>
    /// <returns>The index after its closing brace, or <see cref="JsonScan.Incomplete"/>.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    [MethodImpl(HotPath.Method)]
    public int Run(ReadOnlySpan<byte> json, int at)
    {
        (IdStart, IdLength, Timestamp, IngestTimestamp, MayHoldLineBreaks) = (0, 0, null, null, false);
        var specials = new SpecialBytes(json, at + 1);
        // As servers write events: no white space between the tokens. What is written otherwise is read with care.
        for (var name = at + 1; ;)
        {
            if (specials.Next() != name || json[name] != (byte)'"')
                return RunCarefully(json, name, isFirst: name == at + 1);
            var nameEnd = specials.Next();
            if (nameEnd < 0 || nameEnd + 2 >= json.Length || json[nameEnd] != (byte)'"' || json[nameEnd + 1] != (byte)':')
                return RunCarefully(json, name);
            var value = nameEnd + 2;
            int after;
            if (json[value] == (byte)'"')
            {
                specials.Next();
                after = specials.AfterString();
                if (after < 0)
                    return RunCarefully(json, name);
            }
            else
            {
                if (json[value] <= (byte)' ')
                    return RunCarefully(json, name);
                after = JsonScan.AfterValue(json, value);
                if (after < 0)
                    return JsonScan.Incomplete;
                MayHoldLineBreaks |= json[value] is (byte)'{' or (byte)'[';
                specials.MoveTo(after);
            }
            // Nearly every field is another: one byte tells.
            if (json[name + 1] == (byte)'@')
                Take(json.Slice(name + 1, nameEnd - name - 1), json.Slice(value, after - value), value);
            if (after >= json.Length)
                return JsonScan.Incomplete;
            if (json[after] == (byte)'}')
                return after + 1;
            if (json[after] != (byte)',')
                return RunCarefully(json, name);
            name = after + 1;
        }
    }

    // The same from where a name begins, or white space before it, for everything that JSON allows. It knows what to say of what it does not.
    [MethodImpl(HotPath.Method)]
    private int RunCarefully(ReadOnlySpan<byte> json, int at, bool isFirst = false)
    {
        MayHoldLineBreaks = true;
        if (!JsonScan.See(json, ref at, out var found))
            return JsonScan.Incomplete;
        if (found == (byte)'}' && isFirst)
            return at + 1;
        while (true)
        {
            at = JsonScan.AfterName(json, at, out var name);
            if (at < 0 || !JsonScan.See(json, ref at, out found))
                return JsonScan.Incomplete;
            var value = at;
            at = JsonScan.AfterValue(json, at);
            if (at < 0)
                return JsonScan.Incomplete;
            // A name may be written with escapes. Nobody does, and nothing forbids it.
            if (name.IndexOf((byte)'\\') >= 0)
                name = Unescaped(name);
            if (!name.IsEmpty && name[0] == (byte)'@')
                Take(name, json.Slice(value, at - value), value);
            if (!JsonScan.See(json, ref at, out found))
                return JsonScan.Incomplete;
            if (found == (byte)'}')
                return at + 1;
            if (found != (byte)',')
                throw JsonScan.Unexpected(json, at);
            at++;
        }
    }

    [MethodImpl(HotPath.Method)]
    private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int start)
    {
        if (name.Length == 3 && name[1] == (byte)'i' && name[2] == (byte)'d')
        {
            if (value[0] == (byte)'"')
                (IdStart, IdLength) = (start + 1, value.Length - 2);
        }
        else if (name.Length == 10 && name.SequenceEqual("@timestamp"u8))
        {
            Timestamp = Milliseconds(value);
        }
        else if (name.Length == 16 && name.SequenceEqual("@ingesttimestamp"u8))
        {
            IngestTimestamp = Milliseconds(value);
        }
    }

    // A JSON number, or a string of digits as some fields are sent. Null for anything else.
    [MethodImpl(HotPath.Method)]
    private static long? Milliseconds(ReadOnlySpan<byte> value)
    {
        const int AlwaysFits = 18;
        if (value[0] == (byte)'"')
            value = value.Slice(1, value.Length - 2);
        var number = 0L;
        var at = 0;
        // Thirteen digits are a time of this century. The middle ones are read twice.
        if (value.Length == 13 && JsonScan.TryEightDigits(value, out var first) && JsonScan.TryEightDigits(value.Slice(5), out var last))
            return (first / 1_000 * 100_000_000) + last;
        if (value.Length is >= 8 and <= AlwaysFits && JsonScan.TryEightDigits(value, out number))
            at = 8;
        for (; at < value.Length; at++)
        {
            if (value[at] is < (byte)'0' or > (byte)'9' || value.Length > AlwaysFits)
                return System.Buffers.Text.Utf8Parser.TryParse(value, out number, out var used) && used == value.Length ? number : null;
            number = (number * 10) + (value[at] - '0');
        }
        return value.IsEmpty ? null : number;
    }

    // Never with a backslash in it: such a name is none that matters.
    private static byte[] Unescaped(ReadOnlySpan<byte> raw)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(EventRecord.Decode(raw));
        return name.AsSpan().IndexOf((byte)'\\') < 0 ? name : [];
    }
}
