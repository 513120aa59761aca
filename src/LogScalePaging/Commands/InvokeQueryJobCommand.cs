using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJob</c>: runs a query and emits every event that it matches.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJob")]
[OutputType(EventBuilder.EventType, EventBuilder.RowType)]
public sealed class InvokeQueryJobCommand : SearchCommandBase
{
    /// <summary>Maximum number of events, newest first.</summary>
    [Parameter]
    [Alias("MaxEvents")]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>How to get past the result buffer. A stream can be verified only when it is complete, so it is only for files.</summary>
    [Parameter]
    [ValidateSet(nameof(SearchStrategy.Auto), nameof(SearchStrategy.Around), nameof(SearchStrategy.Window))]
    public override SearchStrategy Strategy { get; set; }

    /// <summary>Name of a variable that gets the verdict and its numbers.</summary>
    [Parameter]
    [Alias("sv")]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    private protected override void OnProcess()
    {
        var connection = Connected();
        Session.Name(Repository);
        var builder = new EventBuilder(LogScaleEvents.Schema, Property, Session.Fields);
        var summary = this.Walk(connection.Jobs(), Search(connection, First), page =>
        {
            foreach (var record in page.Items)
                WriteObject(builder.Build(in record));
        }, Keep);
        WriteVerbose(summary.ToString());
        if (RequireComplete && ErrorRecords.Incompleteness(summary.State, summary.Reason, summary) is { } error)
            ThrowTerminatingError(error);
    }

    private void Keep(QueryJobSummary summary)
    {
        if (SummaryVariable is not null)
            SessionState.PSVariable.Set(SummaryVariable, summary);
    }
}
