namespace LogScalePaging.Export.Manifest;

/// <summary>The counts by which an export proves itself.</summary>
public sealed record ManifestCounts
{
    /// <summary>Events that the server counted before the walk; null when it was not asked.</summary>
    public long? Expected { get; init; }

    /// <summary>Events that the server counted after the walk; null when it was not asked.</summary>
    public long? ExpectedAfter { get; init; }

    /// <summary>Events that came, repeated ones among them.</summary>
    public long Received { get; init; }

    /// <summary>Events in the output.</summary>
    public long Written { get; init; }

    /// <summary>Repeated events that were dropped.</summary>
    public long DuplicatesDropped { get; init; }

    /// <summary>Records in the output that share their identity and time with another one and differ from it in other bytes.</summary>
    public long RepeatedIds { get; init; }

    /// <summary>Records in the output without an identity: they cannot be told apart.</summary>
    public long WithoutId { get; init; }

    /// <summary>Records in the output whose time lies outside the range, although the query does not write it.</summary>
    public long OutsideRange { get; init; }

    /// <summary>Events of the output that held bytes which are not valid UTF-8, written as U+FFFD.</summary>
    public long InvalidUtf8 { get; init; }

    /// <summary>Events that reached the range while the walk ran, and are not in the output.</summary>
    public long Late { get; init; }

    /// <summary>Events that match and are not in the output, late ones not counted; null when it is not known.</summary>
    public long? Missing { get; init; }
}
