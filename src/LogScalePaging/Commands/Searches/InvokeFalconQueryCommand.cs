using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-FalconQuery</c>: emits every record of an endpoint of Falcon's REST API.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FalconQuery", HelpUri = HelpPages.Folder + "Invoke-FalconQuery.md")]
[OutputType(RecordTypes.FalconRecord, FieldCompletion.TypeName)]
[OutputType(typeof(RecordPage))]
public sealed class InvokeFalconQueryCommand : RecordQueryCommandBase, IFalconSearch, ITenantSearch
{
    /// <summary>Path of the endpoint, with its own parameters behind a question mark.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    [ValidateNotNullOrEmpty]
    public string Endpoint { get; set; } = "";

    /// <summary>Filter in FQL.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>Order, as the endpoint writes it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? SortBy { get; set; }

    /// <summary>Get the whole record for each id.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>More for the body of a POST.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>Records per page; null for the most that the endpoint allows.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int? PageSize { get; set; }

    /// <summary>The time field by which the records are read in slices, in parallel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TimeFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SliceBy { get; set; }

    /// <summary>Start of the range of the slices.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Start { get; set; }

    /// <summary>End of the range of the slices.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? End { get; set; }

    /// <summary>CIDs of child tenants. Each is searched with its own token.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Cid", "child_cid")]
    public string[]? MemberCid { get; set; }

    private protected override string SystemName => FalconRequest.SystemName;

    private protected override object? Target => Endpoint;

    private protected override SearchRequest Describe(ServerConnection connection, bool resume) => this.ToRequest(connection);
}
