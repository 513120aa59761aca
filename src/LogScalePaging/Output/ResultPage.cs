using LogScalePaging.Paging;

namespace LogScalePaging;

/// <summary>What every page of a result says about itself.</summary>
public abstract class ResultPage
{
    private protected ResultPage(PageInfo info, int count)
    {
        Number = info.Number;
        Count = count;
        Total = info.Total;
        End = info.End?.Reason.ToString();
        Duplicates = info.Duplicates;
        Elapsed = info.Elapsed;
        TraceId = info.TraceId;
        RateLimitRemaining = info.RateLimit?.Remaining;
        Warnings = (string[])[.. info.Warnings];
    }

    /// <summary>Number of the page, from 1.</summary>
    public long Number { get; }

    /// <summary>Records in the page.</summary>
    public int Count { get; }

    /// <summary>
    /// Total number of records, if the server sent it or counted it. For a page of a query job's buffer, the number of rows in the buffer.
    /// </summary>
    public long? Total { get; }

    /// <summary>
    /// Why the reading ended; null on all pages except the last, and on all windows. <c>BufferEnd</c> means that more events match than
    /// were read.
    /// </summary>
    public string? End { get; }

    /// <summary>Repeated records that were dropped from the page.</summary>
    public int Duplicates { get; }

    /// <summary>Time from the request to the complete page.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Trace id of the answer.</summary>
    public string? TraceId { get; }

    /// <summary>Requests left in the server's period, if the server sent it.</summary>
    public long? RateLimitRemaining { get; }

    /// <summary>Warnings that came with the page.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Number and size.</summary>
    public override string ToString() => FormattableString.Invariant($"page {Number}, {Count} records");
}
