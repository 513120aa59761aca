using System.Collections;
using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.Search;
using LogScalePaging.Tanium;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-TaniumQuery</c>: emits every record of a collection of Tanium.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TaniumQuery", DefaultParameterSetName = FieldSet, HelpUri = HelpPages.Folder + "Invoke-TaniumQuery.md")]
[OutputType(RecordTypes.TaniumRecord, FieldCompletion.TypeName)]
[OutputType(typeof(RecordPage))]
public sealed class InvokeTaniumQueryCommand : RecordQueryCommandBase, ITaniumSearch
{
    private const string FieldSet = "Field";
    private const string QuerySet = "Query";
    private const string QueryFileSet = "QueryFile";

    /// <summary>The field of the API Gateway, whose records -Property selects the fields of.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FieldSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [PipedText(nameof(Field), nameof(Query), "GraphQL", nameof(QueryFile), "FullName")]
    [ValidateNotNullOrEmpty]
    public string? Field { get; set; }

    /// <summary>The query in GraphQL, instead of a field.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Alias("GraphQL")]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>A file with the query.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string? QueryFile { get; set; }

    /// <summary>Values for the variables of the query.</summary>
    [Parameter(ParameterSetName = QuerySet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = QueryFileSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [DictionaryTransformation]
    public IDictionary? Argument { get; set; }

    /// <summary>Read from the end of the collection.</summary>
    [Parameter]
    public SwitchParameter Backward { get; set; }

    /// <summary>Refresh the collection before it is read.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>Records per page.</summary>
    [Parameter]
    [ValidateRange(1, TaniumRequest.MostPageSize)]
    public int PageSize { get; set; } = TaniumRequest.DefaultPageSize;

    string? ITaniumSearch.Field => FileOfQuery is null ? Field : null;

    string? ITaniumSearch.Query => TextOf(Query, nameof(Query), "GraphQL");

    private protected override string? FileOfQuery => QueryFile ?? (Query is null ? PipedFile(nameof(Field)) : null);

    private protected override string SystemName => TaniumRequest.SystemName;

    private protected override object? Target => Field ?? Query ?? QueryFile;

    private protected override IReadOnlyList<string>? Kept => this.Kept();

    private protected override SearchRequest Describe(ServerConnection connection, bool resume) => this.ToRequest();
}
