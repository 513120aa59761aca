using System.Text.Json.Serialization;

namespace LogScalePaging.Export.Manifest;

/// <summary>The counts that prove an export.</summary>
public sealed record ManifestCounts
{
    /// <summary>Events that the server counted before the walk; null without a count.</summary>
    public long? Expected { get; init; }

    /// <summary>Events that the server counted after the walk; null without a count.</summary>
    public long? ExpectedAfter { get; init; }

    /// <summary>
    /// Which part of the range was counted again after the walk, and why only that part; null for the whole range, or without a count.
    /// </summary>
    public string? Recount { get; init; }

    /// <summary>Events received, including repeated ones.</summary>
    public long Received { get; init; }

    /// <summary>Events in the output.</summary>
    public long Written { get; init; }

    /// <summary>Events of the range that are not in the output, because an earlier output of the same schedule has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Known { get; init; }

    /// <summary>Repeated events that were dropped.</summary>
    public long DuplicatesDropped { get; init; }

    /// <summary>Records in the output that share their identity and time with another one but differ from it in other bytes.</summary>
    public long RepeatedIds { get; init; }

    /// <summary>Records in the output without an identity. Repeats among them cannot be detected.</summary>
    public long WithoutId { get; init; }

    /// <summary>Records in the output whose time is outside the range, although the query does not write it.</summary>
    public long OutsideRange { get; init; }

    /// <summary>Events of the output with bytes that are not valid UTF-8, written as U+FFFD.</summary>
    public long InvalidUtf8 { get; init; }

    /// <summary>
    /// Times that were to be converted to ISO 8601, but that the server sent as text that looks like the converted times. If there is one,
    /// times are not checked, because a reader cannot tell them apart.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long TimesAsText { get; init; }

    /// <summary>Events that arrived during the walk and are not in the output.</summary>
    public long Late { get; init; }

    /// <summary>Events that match but are not in the output, without late ones; null if it is not known.</summary>
    public long? Missing { get; init; }
}
