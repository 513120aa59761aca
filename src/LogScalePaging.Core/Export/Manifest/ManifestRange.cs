using LogScalePaging.Common;

namespace LogScalePaging.Export.Manifest;

/// <summary>The pinned range of an export.</summary>
/// <param name="Start">Epoch milliseconds.</param>
/// <param name="End">Epoch milliseconds.</param>
public sealed record ManifestRange(long? Start, long? End)
{
    /// <summary>The start in ISO 8601, UTC.</summary>
    public string? StartUtc => Utc(Start);

    /// <summary>The end in ISO 8601, UTC.</summary>
    public string? EndUtc => Utc(End);

    // Outside the years 1 to 9999 there is no calendar text; a server may well hold such a timestamp.
    private static string? Utc(long? time) => time is >= -62_135_596_800_000 and <= 253_402_300_799_999
        ? UtcTime.Iso(time.Value)
        : null;
}
