using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.Export.Formats;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that emits every record of a search, for every system.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecordQueryCommandBase : SearchCommandBase
{
    /// <summary>Maximum number of records, in the order of the search.</summary>
    [Parameter]
    [Alias("MaxEvents")]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Name of a variable that gets the verdict and its numbers; with + before it, they are appended.</summary>
    [Parameter]
    [Alias("sv")]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    /// <summary>Emit pages with their position and metadata instead of records.</summary>
    [Parameter]
    public SwitchParameter AsPage { get; set; }

    private protected sealed override void OnProcess()
    {
        NamedVariable.EnsureValid(SummaryVariable, nameof(SummaryVariable));
        var connection = Connected(SystemName);
        var summary = this.Walk(connection.Search(SystemName)!, Request(connection, First), Reader,
            result => NamedVariable.Keep(SessionState, SummaryVariable, result));
        WriteVerbose(summary.ToString());
        if (RequireComplete && ErrorRecords.Incompleteness(summary.State, summary.Reason, summary) is { } error)
            ThrowTerminatingError(error);
    }

    private PageReader Reader(RecordSchema schema)
    {
        var builder = new EventBuilder(schema, Kept, ExcludeProperty, Session.Fields, ConnectableSystem.Of(SystemName).TypeNameOf(schema))
        {
            Times = IsoTimes.For(schema, TimestampFormat),
        };
        return new PageReader(page => Emit(page, builder), () => builder.Report(Signals));
    }

    private void Emit(Page<Record> page, EventBuilder builder)
    {
        if (AsPage)
        {
            WriteObject(new RecordPage([.. page.Items.Select(r => builder.Build(in r))], page.Next, page.Info));
            return;
        }
        foreach (var record in page.Items)
            WriteObject(builder.Build(in record));
    }
}
