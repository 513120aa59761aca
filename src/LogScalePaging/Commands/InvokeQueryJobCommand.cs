using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale.Events;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJob</c>: runs a query and emits every event that it matches.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJob", HelpUri = HelpPages.Folder + "Invoke-QueryJob.md")]
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

    /// <summary>Name of a variable that gets the verdict and its numbers; with + before it, they are appended.</summary>
    [Parameter]
    [Alias("sv")]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    private protected override void OnProcess()
    {
        NamedVariable.EnsureValid(SummaryVariable, nameof(SummaryVariable));
        var connection = Connected();
        Session.Name(Repository);
        var builder = new EventBuilder(LogScaleEvents.Schema, Property, ExcludeProperty, Session.Fields);
        var summary = this.Walk(connection.Jobs(), Search(connection, First), page =>
        {
            foreach (var record in page.Items)
                WriteObject(builder.Build(in record));
        }, result => NamedVariable.Keep(SessionState, SummaryVariable, result), () => builder.Report(Signals));
        WriteVerbose(summary.ToString());
        if (RequireComplete && ErrorRecords.Incompleteness(summary.State, summary.Reason, summary) is { } error)
            ThrowTerminatingError(error);
    }
}
