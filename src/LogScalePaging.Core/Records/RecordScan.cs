using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Common;
using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>The facts about one record that paging needs, found in its bytes: its end, its identity and its times.</summary>
internal struct RecordScan
{
    /// <summary>Position of the identity, after its quote, relative to the start of the scan.</summary>
    public int IdStart;

    /// <summary>Bytes of the identity, escapes included; 0 when the record has none.</summary>
    public int IdLength;

    /// <summary>The time, as <see cref="RecordTime"/> counts it; null when the record has none.</summary>
    public long? Timestamp;

    /// <summary>The time at which the system received it; null when the record has none.</summary>
    public long? IngestTimestamp;

    /// <summary>False if it is certain that the record has no line break.</summary>
    public bool MayHoldLineBreaks;

    /// <summary>Scans bytes that are exactly one record.</summary>
    /// <exception cref="JsonException">They are not one JSON object.</exception>
    public static RecordScan Whole<TNames>(ReadOnlySpan<byte> json, TNames names)
        where TNames : struct, IFieldNames
    {
        var at = 0;
        if (!JsonScan.See(json, ref at, out var found) || found != (byte)'{')
            throw new JsonException("A record must be a JSON object.");
        var scan = new RecordScan();
        at = scan.Run(json, at, names);
        if (at < 0)
            throw new JsonException("The record is not complete.");
        return JsonScan.See(json, ref at, out _) ? throw JsonScan.Unexpected(json, at) : scan;
    }

    /// <summary>Scans the record that begins at an opening brace.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="at">Index of the brace.</param>
    /// <param name="names">The fields that matter.</param>
    /// <returns>The index after its closing brace, or <see cref="JsonScan.Incomplete"/>.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    [MethodImpl(HotPath.Method)]
    public int Run<TNames>(ReadOnlySpan<byte> json, int at, TNames names)
        where TNames : struct, IFieldNames
    {
        (IdStart, IdLength, Timestamp, IngestTimestamp, MayHoldLineBreaks) = (0, 0, null, null, false);
        var specials = new SpecialBytes(json, at + 1);
        // The fast path for records as servers write them: without white space between the tokens. Others use the slow path.
        for (var name = at + 1; ;)
        {
            if (specials.Next() != name || json[name] != (byte)'"')
                return RunCarefully(json, name, names, isFirst: name == at + 1);
            var nameEnd = specials.Next();
            if (nameEnd < 0 || nameEnd + 2 >= json.Length || json[nameEnd] != (byte)'"' || json[nameEnd + 1] != (byte)':')
                return RunCarefully(json, name, names);
            var value = nameEnd + 2;
            int after;
            if (json[value] == (byte)'"')
            {
                specials.Next();
                after = specials.AfterString();
                if (after < 0)
                    return RunCarefully(json, name, names);
            }
            else
            {
                if (json[value] <= (byte)' ')
                    return RunCarefully(json, name, names);
                after = JsonScan.AfterValue(json, value);
                if (after < 0)
                    return JsonScan.Incomplete;
                MayHoldLineBreaks |= json[value] is (byte)'{' or (byte)'[';
                specials.MoveTo(after);
            }
            if (names.MayBegin(json[name + 1]))
                names.Take(ref this, json.Slice(name + 1, nameEnd - name - 1), json.Slice(value, after - value), value);
            if (after >= json.Length)
                return JsonScan.Incomplete;
            if (json[after] == (byte)'}')
                return after + 1;
            if (json[after] != (byte)',')
                return RunCarefully(json, name, names);
            name = after + 1;
        }
    }

    // The slow path, from the start of a name or white space before it. It handles all valid JSON, and reports errors.
    [MethodImpl(HotPath.Method)]
    private int RunCarefully<TNames>(ReadOnlySpan<byte> json, int at, TNames names, bool isFirst = false)
        where TNames : struct, IFieldNames
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
            // A name can have escapes. No known server does that, but JSON allows it.
            if (name.IndexOf((byte)'\\') >= 0)
                name = Unescaped(name);
            if (!name.IsEmpty && names.MayBegin(name[0]))
                names.Take(ref this, name, json.Slice(value, at - value), value);
            if (!JsonScan.See(json, ref at, out found))
                return JsonScan.Incomplete;
            if (found == (byte)'}')
                return at + 1;
            if (found != (byte)',')
                throw JsonScan.Unexpected(json, at);
            at++;
        }
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> raw) => System.Text.Encoding.UTF8.GetBytes(Record.Decode(raw));
}
