using System.Collections;
using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJob</c>: runs a query and emits every event that it matches.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJob", DefaultParameterSetName = QuerySet, HelpUri = HelpPages.Folder + "Invoke-QueryJob.md")]
[Alias("Get-LogScaleEvent")]
[OutputType(EventBuilder.EventType, EventBuilder.RowType, FieldCompletion.TypeName, FieldCompletion.EventTypeName)]
[OutputType(typeof(RecordPage))]
public sealed class InvokeQueryJobCommand : RecordQueryCommandBase, IQueryJobSearch, ITenantSearch
{
    private const string QuerySet = "Query";
    private const string QueryFileSet = "QueryFile";
    // No parameter of this set takes a property of the pipeline, because the fields of an event come from a server.
    private const string AroundSet = "Around";

    private const int DefaultAround = 100;
    private const int MostAround = 200_000;

    private AroundAnchor? _anchor;

    /// <summary>The query in CQL.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = AroundSet)]
    [Alias("QueryString")]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>A file with the query.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? QueryFile { get; set; }

    /// <summary>Search around each event of the pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AroundSet)]
    public SwitchParameter Around { get; set; }

    /// <summary>Number of older events.</summary>
    [Parameter(ParameterSetName = AroundSet)]
    [ValidateRange(0, MostAround)]
    public int Before { get; set; } = DefaultAround;

    /// <summary>Number of newer events.</summary>
    [Parameter(ParameterSetName = AroundSet)]
    [ValidateRange(0, MostAround)]
    public int After { get; set; } = DefaultAround;

    /// <summary>All events within this time before and after the event, instead of numbers of events.</summary>
    [Parameter(ParameterSetName = AroundSet)]
    [DurationTransformation]
    public TimeSpan? Within { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [Alias("QueryName")]
    [ValidateNotNullOrEmpty]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [ValidateNotNull]
    public override ServerConnection? Connection { get; set; }

    /// <summary>Start of the range.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Start { get; set; } = SearchParameters.DefaultStart;

    /// <summary>End of the range.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    [ValidateNotNullOrEmpty]
    public string End { get; set; } = SearchParameters.DefaultEnd;

    /// <summary>Repository or view to use instead of the connection's.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    /// <summary>Values for the query's <c>?parameters</c>.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [QueryArgumentTransformation]
    public IDictionary? Argument { get; set; }

    /// <summary>Time zone for the query's time functions.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
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
    [Parameter(ParameterSetName = QuerySet)]
    [Parameter(ParameterSetName = QueryFileSet)]
    public SwitchParameter Live { get; set; }

    /// <summary>How long to follow new events, in seconds.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [Parameter(ParameterSetName = QueryFileSet)]
    [ValidateRange(1, 31_536_000)]
    public int? TimeoutSec { get; set; }

    /// <summary>Seconds between two polls for new events.</summary>
    [Parameter(ParameterSetName = QuerySet)]
    [Parameter(ParameterSetName = QueryFileSet)]
    [ValidateRange(1, 3_600)]
    public int PollIntervalSec { get; set; } = LiveOptions.DefaultIntervalSec;

    /// <summary>CIDs of child tenants. Each is searched with its own token.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = AroundSet)]
    [Alias("Cid", "child_cid")]
    public string[]? MemberCid { get; set; }

    string IQueryJobSearch.Query => TextOf(Query, nameof(Query), "QueryString") ?? "";

    private protected override string SystemName => SearchSpec.SystemName;

    private protected override string? FileOfQuery => Around ? QueryFile : QueryFile ?? PipedFile(nameof(Query));

    private protected override object? Target => Around ? PipelineInput : Query ?? QueryFile;

    private protected override bool TakesEvents => Around;

    private protected override string? AnchorId => _anchor?.EventId;

    private protected override SearchRequest Describe(ServerConnection connection, bool resume)
    {
        Session.Name(Repository);
        if (!Around)
            return LiveFollowing.Of(this.ToSpec(connection, resume), this, MyInvocation.BoundParameters);
        if (Query is null == QueryFile is null)
            throw new ArgumentException("-Around requires -Query or -QueryFile, for example '*'.");
        var typed = MyInvocation.BoundParameters;
        var around = new AroundSearchRange(connection.Jobs().Transport.Time)
        {
            Start = typed.ContainsKey(nameof(Start)) ? QueryTime.Parse(Start) : null,
            End = typed.ContainsKey(nameof(End)) ? QueryTime.Parse(End) : null,
            Within = Within,
            HasNumbers = typed.ContainsKey(nameof(Before)) || typed.ContainsKey(nameof(After)),
        };
        _anchor = AnchorEvent.Of(PipelineInput, Before, After);
        return around.Of(this.ToSpec(connection, resume: true), _anchor);
    }
}
