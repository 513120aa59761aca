using System.Text.Json;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;

namespace LogScalePaging.Export.Verification;

/// <summary>The identity of a row.</summary>
/// <param name="Id">Its decoded identity, with U+FFFD for invalid Unicode.</param>
/// <param name="Timestamp">Its time, in the unit of the schema.</param>
internal readonly record struct RowIdentity(string? Id, long? Timestamp)
{
    /// <summary>Hashes of its id and bytes; none if it has no id.</summary>
    public ItemIdentity Item { get; init; }

    /// <summary>Reads it from a record, which must be exactly one JSON object.</summary>
    /// <exception cref="JsonException">It is not one JSON object.</exception>
    public static RowIdentity Of(ReadOnlySpan<byte> json, RecordParser parser)
    {
        var scan = parser.Scan(json);
        var id = json.Slice(scan.IdStart, scan.IdLength);
        return new RowIdentity(id.IsEmpty ? null : Record.Decode(id), scan.Timestamp) { Item = ItemIdentity.Of(id, json, scan.Timestamp) };
    }
}
