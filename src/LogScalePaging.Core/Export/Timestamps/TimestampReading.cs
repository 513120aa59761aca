namespace LogScalePaging.Export.Timestamps;

/// <summary>What a timestamp says, and what is wrong with it.</summary>
/// <param name="Time">The time that the authority states; null if the timestamp cannot be read.</param>
/// <param name="Authority">The subject of the certificate that signed it; null if there is no valid signature.</param>
/// <param name="Problem">Why it does not prove the manifest, as a sentence; null if it does.</param>
internal sealed record TimestampReading(DateTimeOffset? Time, string? Authority, string? Problem);
