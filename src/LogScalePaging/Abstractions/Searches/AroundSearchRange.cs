using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Commands;

/// <summary>Makes a search around an event: of numbers of events, or of a time before and after it.</summary>
/// <param name="time">The clock that makes relative times absolute.</param>
internal sealed class AroundSearchRange(TimeProvider time)
{
    /// <summary>The given start of the range; null for 15 minutes before the event.</summary>
    public QueryTime? Start { get; init; }

    /// <summary>The given end of the range; null for 15 minutes after the event.</summary>
    public QueryTime? End { get; init; }

    /// <summary>The time before and after the event; null for numbers of events.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>True if the user gave a number of events.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>The search.</summary>
    /// <param name="spec">The query and its settings.</param>
    /// <param name="anchor">The event.</param>
    /// <exception cref="ArgumentException">The parameters contradict each other, or the event is outside the range.</exception>
    public SearchSpec Of(SearchSpec spec, AroundAnchor anchor)
    {
        if (Within is not { } within)
        {
            var (start, end) = anchor.Range(Start, End, time);
            return spec with { Start = Absolute(start), End = Absolute(end), Around = anchor };
        }
        if (HasNumbers)
            throw new ArgumentException("Use -Within or -Before and -After, not both.");
        if (Start is not null || End is not null)
            throw new ArgumentException("Use -Within or -Start and -End, not both.");
        var distance = (long)within.TotalMilliseconds;
        var last = anchor.Timestamp + distance;
        return spec with
        {
            Start = QueryTime.At(Math.Max(0, anchor.Timestamp - distance)),
            // The server decides whether an end belongs to the range.
            End = last >= time.GetUtcNow().ToUnixTimeMilliseconds() ? QueryTime.Now : QueryTime.At(last + 1),
        };
    }

    // The first job finds a part of the range, so the range must not move.
    private QueryTime Absolute(QueryTime end) => end.Relative is { } words
        ? QueryTime.At(RelativeTimeWords.Resolve(words, time.GetUtcNow()))
        : end;
}
