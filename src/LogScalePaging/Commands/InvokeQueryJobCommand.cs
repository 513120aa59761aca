using System.Collections;
using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale;

namespace LogScalePaging.Commands;

/// <summary><c>Invoke-QueryJob</c>: runs a query and puts every event that it matches onto the pipeline.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "QueryJob")]
[OutputType(EventBuilder.EventType, EventBuilder.RowType)]
public sealed class InvokeQueryJobCommand : EventCommandBase
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
    public string Start { get; set; } = SearchParameters.DefaultStart;

    /// <summary>End of the range.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TimeTransformation]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public string End { get; set; } = SearchParameters.DefaultEnd;

    /// <summary>Repository or view in place of the connection's.</summary>
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

    /// <summary>How to get past the result buffer. A stream can only be trusted once all of it is there: it is for files.</summary>
    [Parameter]
    [ValidateSet(nameof(QueryStrategy.Auto), nameof(QueryStrategy.Around), nameof(QueryStrategy.Window))]
    public QueryStrategy Strategy { get; set; }

    /// <summary>Events a page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Do not count, and so prove nothing.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Name of a variable that gets the verdict and its numbers.</summary>
    [Parameter]
    [Alias("sv")]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    private protected override object? Target => Query;

    private protected override void OnProcess()
    {
        var connection = Connected();
        Session.Name(Repository);
        var summary = Walk(connection, Spec(connection), $"Query {Query}", page => Emit(page.Items), Keep);
        WriteVerbose(summary.ToString());
    }

    private SearchSpec Spec(LogScaleConnection connection) => new(Query)
    {
        Start = QueryTime.Parse(Start),
        End = QueryTime.Parse(End),
        Repository = Repository,
        Arguments = SearchParameters.Arguments(Argument),
        TimeZone = TimeZone,
        AllowEventSkipping = AllowEventSkipping,
        Strategy = SearchParameters.Engine(Strategy),
        Parallel = connection.ThrottleLimit,
        PageSize = PageSize,
        MaxEvents = First,
        NoVerify = NoVerify,
    };

    private void Keep(QueryJobSummary summary)
    {
        if (SummaryVariable is not null)
            SessionState.PSVariable.Set(SummaryVariable, summary);
    }
}
