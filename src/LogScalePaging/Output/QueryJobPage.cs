using System.Management.Automation;
using LogScalePaging.Paging;

namespace LogScalePaging;

/// <summary>A page of events with what is known of it: what <c>Get-QueryJobPage -AsPage</c> emits.</summary>
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

    /// <summary>The job that the page was asked of.</summary>
    public QueryJob Job { get; }

    /// <summary>Number of the page, from 1.</summary>
    public long Number { get; }

    /// <summary>Events in the page.</summary>
    public int Count => Events.Length;

    /// <summary>Events in all, where the server said so: rows in the buffer, or with <c>-All</c> the count of all that match.</summary>
    public long? Total { get; }

    /// <summary>What ended the reading; null on all pages but the last, and on windows, of which none is the last: <c>BufferEnd</c> means that more match than were read.</summary>
    public string? End { get; }

    /// <summary>Repeated events that were dropped from the page.</summary>
    public int Duplicates { get; }

    /// <summary>Time from asking for the page to having it.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Trace id of the answer.</summary>
    public string? TraceId { get; }

    /// <summary>Requests left in the server's period, where it says so.</summary>
    public long? RateLimitRemaining { get; }

    /// <summary>Warnings that came with the page.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The events.</summary>
    public PSObject[] Events { get; }

    /// <summary>Number and size.</summary>
    public override string ToString() => FormattableString.Invariant($"page {Number}, {Count} events");
}
