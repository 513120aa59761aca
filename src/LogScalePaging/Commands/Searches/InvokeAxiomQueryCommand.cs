using System.Management.Automation;
using LogScalePaging.Axiom;
using LogScalePaging.Events;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-AxiomQuery</c>: emits every event of a dataset, or every row of a query.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AxiomQuery", DefaultParameterSetName = DatasetSet, HelpUri = HelpPages.Folder + "Invoke-AxiomQuery.md")]
[OutputType(RecordTypes.AxiomEvent, EventBuilder.RowType, FieldCompletion.TypeName)]
[OutputType(typeof(RecordPage))]
public sealed class InvokeAxiomQueryCommand : RecordQueryCommandBase, IAxiomSearch
{
    private const string QuerySet = "Query";
    private const string QueryFileSet = "QueryFile";
    private const string DatasetSet = "Dataset";

    /// <summary>The query in APL. With a dataset, the query continues from it.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Apl")]
    [PipedText(nameof(Query), "Apl", nameof(QueryFile), "FullName", nameof(Dataset))]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>A file with the query.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? QueryFile { get; set; }

    /// <summary>The dataset. Without a query, all of its events are read.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = DatasetSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Dataset { get; set; }

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

    /// <summary>Newest events first, or oldest first.</summary>
    [Parameter]
    public QuerySortOrder SortOrder { get; set; }

    /// <summary>How pages are requested.</summary>
    [Parameter]
    public AxiomPaging Paging { get; set; }

    /// <summary>Events per page.</summary>
    [Parameter]
    [ValidateRange(1, AxiomRequest.MostRows)]
    public int PageSize { get; set; } = AxiomRequest.DefaultPageSize;

    string? IAxiomSearch.Query => TextOf(Query, nameof(Query), "Apl");

    private protected override string? FileOfQuery => QueryFile ?? PipedFile(nameof(Query));

    private protected override string SystemName => AxiomRequest.SystemName;

    private protected override object? Target => Query ?? QueryFile ?? Dataset;

    private protected override SearchRequest Describe(ServerConnection connection, bool resume) => this.ToRequest(connection, Session);
}
