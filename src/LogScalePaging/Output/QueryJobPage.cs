using System.Management.Automation;
using LogScalePaging.Paging;

namespace LogScalePaging;

/// <summary>A page of events with its metadata: the output of <c>Get-QueryJobPage -AsPage</c>.</summary>
public sealed class QueryJobPage : ResultPage
{
    internal QueryJobPage(QueryJob job, PSObject[] events, PageInfo info) : base(info, events.Length) => (Job, Events) = (job, events);

    /// <summary>The job of the page.</summary>
    public QueryJob Job { get; }

    /// <summary>The events.</summary>
    public PSObject[] Events { get; }

    /// <summary>Number and size.</summary>
    public override string ToString() => FormattableString.Invariant($"page {Number}, {Count} events");
}
