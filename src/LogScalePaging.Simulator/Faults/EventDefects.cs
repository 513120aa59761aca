namespace LogScalePaging.Simulator;

/// <summary>
/// Defects of the events that a server stores. Each share, 0 to 1, says how many events are affected. The seed of the options and the
/// number of the event decide which ones.
/// </summary>
public sealed record EventDefects
{
    /// <summary>Events without an <c>@id</c>, in the form of <see cref="IdForm"/>.</summary>
    public double WithoutId { get; init; }

    /// <summary>The value instead of a missing <c>@id</c>.</summary>
    public MissingIdForm IdForm { get; init; }

    /// <summary>Events with the <c>@id</c> of the previous event. All other bytes are their own.</summary>
    public double RepeatedId { get; init; }

    /// <summary>Events that are stored twice, byte for byte.</summary>
    public double Doubled { get; init; }

    /// <summary>Events whose <c>@ingesttimestamp</c> lies in the year 2100.</summary>
    public double IngestedIn2100 { get; init; }

    /// <summary>Events with an invalid UTF-8 string in the field <c>damaged</c>. The kinds of invalid bytes alternate.</summary>
    public double InvalidUtf8 { get; init; }

    internal bool IsAny => WithoutId + RepeatedId + Doubled + IngestedIn2100 + InvalidUtf8 > 0;
}
