using LogScalePaging.Common;
using LogScalePaging.LogScale.Jobs;

namespace LogScalePaging.LogScale.Counting;

/// <summary>
/// The part of a range that could still change when the search began: the events that are younger than the server's ingest lag. Older
/// events were searchable already, so a second count of them says nothing new.
/// </summary>
internal sealed record ChangingPart
{
    /// <summary>The lag of a server that does not say it.</summary>
    private static readonly TimeSpan s_usualLag = TimeSpan.FromHours(1);

    /// <summary>Nothing is known: the whole range can change.</summary>
    public static ChangingPart Unknown { get; } = new();

    /// <summary>Epoch milliseconds of its start; null if it is empty, or if the whole range can change.</summary>
    public long? From { get; private init; }

    /// <summary>Which part is counted again, and why, for a person; null for the whole range.</summary>
    public string? Said { get; private init; }

    /// <summary>True if the whole range is older than the lag.</summary>
    public bool IsEmpty => Said is not null && From is null;

    /// <summary>The part, according to an answer.</summary>
    /// <param name="answer">The answer that pinned the range. Its date is the server's clock.</param>
    /// <param name="start">Start of the range, epoch milliseconds.</param>
    /// <param name="end">End of the range, epoch milliseconds.</param>
    public static ChangingPart Of(QueryResult answer, long start, long end)
    {
        if (answer.Date is not { } date)
            return Unknown;
        // A load balancer's clock may be ahead. The earlier time makes the part larger, never smaller.
        var now = Math.Min(date.ToUnixTimeMilliseconds(), answer.Metadata.IngestKnownGood ?? long.MaxValue);
        var lag = answer.Metadata.IngestLag ?? s_usualLag;
        // A server may round the start of a range down to a second. Events before it must not be counted.
        var from = now - (long)lag.TotalMilliseconds;
        from -= from % 1000;
        if (from <= start)
            return Unknown;
        var why = $"events from before {UtcTime.Iso(from)} were older than the server's ingest lag of {Text(lag)}"
            + (answer.Metadata.IngestLag is null ? ", which it does not say" : "");
        return end < from
            ? new ChangingPart { Said = $"not counted again: {why}" }
            : new ChangingPart { From = from, Said = $"counted again from {UtcTime.Iso(from)} on: {why}" };
    }

    private static string Text(TimeSpan lag) => FormattableString.Invariant($"{lag.TotalSeconds:#,0.###} s");
}
