using System.Collections;
using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJob</c>: runs a query and emits every event that it matches.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJob", HelpUri = HelpPages.Folder + "Invoke-QueryJob.md")]
[Alias("Get-LogScaleEvent")]
[OutputType(EventBuilder.EventType, EventBuilder.RowType)]
[OutputType(typeof(RecordPage))]
public sealed class InvokeQueryJobCommand : RecordQueryCommandBase, IQueryJobSearch
{
    /// <summary>The query in CQL.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("QueryString")]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>Start of the range.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Start { get; set; } = SearchParameters.DefaultStart;

    /// <summary>End of the range.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    [ValidateNotNullOrEmpty]
    public string End { get; set; } = SearchParameters.DefaultEnd;

    /// <summary>Repository or view to use instead of the connection's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    /// <summary>Values for the query's <c>?parameters</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Argument { get; set; }

    /// <summary>Time zone for the query's time functions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Let the server leave out events on slow storage.</summary>
    [Parameter]
    public SwitchParameter AllowEventSkipping { get; set; }

    /// <summary>How to get past the result buffer. A stream can be verified only when it is complete, so it is only for files.</summary>
    [Parameter]
    [ValidateSet(nameof(SearchStrategy.Auto), nameof(SearchStrategy.Around), nameof(SearchStrategy.Window))]
    public SearchStrategy Strategy { get; set; }

    /// <summary>Events per page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Longest time without progress of a query job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    /// <summary>Follow new events until Ctrl+C or TimeoutSec.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>How long to follow new events, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 31_536_000)]
    public int? TimeoutSec { get; set; }

    /// <summary>Seconds between two polls for new events.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    public int PollIntervalSec { get; set; } = LiveOptions.DefaultIntervalSec;

    private protected override string SystemName => SearchSpec.SystemName;

    private protected override object? Target => Query;

    private protected override SearchRequest Describe(ServerConnection connection, bool resume)
    {
        Session.Name(Repository);
        return LiveFollowing.Of(this.ToSpec(connection, resume), this, MyInvocation.BoundParameters);
    }
}
