using System.Management.Automation;
using LogScalePaging.Paging;

namespace LogScalePaging;

/// <summary>A page of events with its metadata: the output of <c>Get-QueryJobPage -AsPage</c>.</summary>
public sealed class QueryJobPage
{
    internal QueryJobPage(QueryJob job, PSObject[] events, PageInfo info)
    {
        Job = job;
        Events = events;
        Number = info.Number;
        Total = info.Total;
        End = info.End?.Reason.ToString();
        Duplicates = info.Duplicates;
        Elapsed = info.Elapsed;
        TraceId = info.TraceId;
        RateLimitRemaining = info.RateLimit?.Remaining;
        Warnings = (string[])[.. info.Warnings];
    }

    /// <summary>The job of the page.</summary>
    public QueryJob Job { get; }

    /// <summary>Number of the page, from 1.</summary>
    public long Number { get; }

    /// <summary>Events in the page.</summary>
    public int Count => Events.Length;

    /// <summary>
    /// Total number of events, if the server sent it: rows in the buffer, or with <c>-All</c> the count of all matching events.
    /// </summary>
    public long? Total { get; }

    /// <summary>
    /// Why the reading ended; null on all pages except the last, and on all windows. <c>BufferEnd</c> means that more events match than
    /// were read.
    /// </summary>
    public string? End { get; }

    /// <summary>Repeated events that were dropped from the page.</summary>
    public int Duplicates { get; }

    /// <summary>Time from the request to the complete page.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Trace id of the answer.</summary>
    public string? TraceId { get; }

    /// <summary>Requests left in the server's period, if the server sent it.</summary>
    public long? RateLimitRemaining { get; }

    /// <summary>Warnings that came with the page.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The events.</summary>
    public PSObject[] Events { get; }

    /// <summary>Number and size.</summary>
    public override string ToString() => FormattableString.Invariant($"page {Number}, {Count} events");
}
