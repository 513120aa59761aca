using System.Collections;
using System.ComponentModel;
using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary>The shared parameters of cmdlets that run a query over a range.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class QueryCommandBase : QueryJobCommandBase
{
    /// <summary>The query in CQL.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("QueryString")]
    [ValidateNotNullOrEmpty]
    public virtual string Query { get; set; } = "";

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
}
