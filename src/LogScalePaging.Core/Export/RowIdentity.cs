using System.Text.Json;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>What tells one row from another.</summary>
/// <param name="Id">Its decoded <c>@id</c>, with U+FFFD for what is no valid Unicode.</param>
/// <param name="Timestamp">Its <c>@timestamp</c>.</param>
internal readonly record struct RowIdentity(string? Id, long? Timestamp)
{
    /// <summary>What no other row has; null when the row has no such thing.</summary>
    public string? Key { get; init; } = Id;

    /// <summary>Reads it from an event, which must be one JSON object and nothing more.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static RowIdentity Of(ReadOnlySpan<byte> json)
    {
        var scan = EventScan.Whole(json);
        if (scan.IdLength == 0)
            return new RowIdentity(null, scan.Timestamp);
        var raw = json.Slice(scan.IdStart, scan.IdLength);
        var id = EventRecord.Decode(raw);
        // Two ids that cannot be decoded may look the same: they differ in what is written.
        return new RowIdentity(id, scan.Timestamp) { Key = EventRecord.IdentityOf(raw, id) };
    }
}
