using System.Text.Json;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>What tells one row from another.</summary>
internal readonly record struct RowIdentity(string? Id, long? Timestamp)
{
    /// <summary>Reads it from an event, which must be one JSON object and nothing more.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static RowIdentity Of(ReadOnlySpan<byte> json)
    {
        var scan = EventScan.Whole(json);
        return new RowIdentity(scan.IdLength == 0 ? null : Utf8Text.Get(json.Slice(scan.IdStart, scan.IdLength)), scan.Timestamp);
    }
}
