using System.Collections;
using System.Management.Automation;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJobExport</c>: exports every event that a query matches to a file, with a manifest that proves it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJobExport", DefaultParameterSetName = QuerySet, SupportsShouldProcess = true,
    HelpUri = HelpPages.Folder + "Invoke-QueryJobExport.md")]
[OutputType(typeof(ExportResult), typeof(ScheduleResult), typeof(FileInfo))]
public sealed class InvokeQueryJobExportCommand : ScheduledExportCommandBase, IQueryJobSearch, ITenantSearch
{
    private const string QuerySet = "Query";
    private const string QueryFileSet = "QueryFile";

    /// <summary>The query in CQL.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("QueryString")]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>A file with the query.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? QueryFile { get; set; }

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

    /// <summary>How to get past the result buffer.</summary>
    [Parameter]
    [ValidateSet(nameof(SearchStrategy.Auto), nameof(SearchStrategy.Around), nameof(SearchStrategy.Window), nameof(SearchStrategy.Stream))]
    public SearchStrategy Strategy { get; set; }

    /// <summary>Events per page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Longest time without progress of a query job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    /// <summary>CIDs of child tenants. Each is searched with its own token.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Cid", "child_cid")]
    public string[]? MemberCid { get; set; }

    string IQueryJobSearch.Query => TextOf(Query, nameof(Query), "QueryString") ?? "";

    private protected override string? FileOfQuery => QueryFile ?? PipedFile(nameof(Query));

    private protected override string SystemName => SearchSpec.SystemName;

    private protected override bool CanServe(ServerConnection connection) =>
        base.CanServe(connection) && (Strategy != SearchStrategy.Stream || !connection.Jobs().IsGateway);

    private protected override SearchRequest Describe(ServerConnection connection, bool resume) => this.ToSpec(connection, resume);
}
