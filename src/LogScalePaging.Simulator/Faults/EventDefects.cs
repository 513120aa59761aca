namespace LogScalePaging.Simulator;

/// <summary>
/// What is wrong with the events that a server stores. Each share, 0 to 1, says how many events are concerned; which ones is drawn
/// from the seed of the options and from the number of the event.
/// </summary>
public sealed record EventDefects
{
    /// <summary>Events without an <c>@id</c>, in the form of <see cref="IdForm"/>.</summary>
    public double WithoutId { get; init; }

    /// <summary>What stands in place of an <c>@id</c> that is missing.</summary>
    public MissingIdForm IdForm { get; init; }

    /// <summary>Events with the <c>@id</c> of the event that was added before them; all other bytes are their own.</summary>
    public double RepeatedId { get; init; }

    /// <summary>Events that are stored twice, byte for byte.</summary>
    public double Doubled { get; init; }

    /// <summary>Events whose <c>@ingesttimestamp</c> lies in the year 2100.</summary>
    public double IngestedIn2100 { get; init; }

    /// <summary>Events whose field <c>damaged</c> is a string that is not valid UTF-8. The kinds of invalid bytes take turns.</summary>
    public double InvalidUtf8 { get; init; }

    internal bool IsAny => WithoutId + RepeatedId + Doubled + IngestedIn2100 + InvalidUtf8 > 0;
}
