using System.Text;
using LogScalePaging.Json;

namespace LogScalePaging.Falcon.Rest.Strategies;

/// <summary>Finds a field at the top level of a record.</summary>
internal static class RecordField
{
    /// <summary>The value as it is written; empty if the record does not have the field.</summary>
    public static ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> record, string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var members = new JsonMembers(record);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual(utf8))
                return members.Value;
        }
        return default;
    }

    /// <summary>The decoded text of a string, or a number as it is written; null if the record does not have the field.</summary>
    public static string? Text(ReadOnlySpan<byte> record, string name) => Decoded(Raw(record, name));

    /// <summary>The decoded text of a string, or a number as it is written; null for anything else.</summary>
    public static string? Decoded(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return null;
        if (value[0] == (byte)'"')
            return new JsonDecoder().DecodeToString(value.Slice(1, value.Length - 2));
        return value[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') ? Utf8Text.Get(value) : null;
    }
}
