using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary><c>New-QueryJob</c>: creates a query job on the server.</summary>
[Cmdlet(VerbsCommon.New, "QueryJob", DefaultParameterSetName = RangeSet, SupportsShouldProcess = true,
    HelpUri = HelpPages.Folder + "New-QueryJob.md")]
[OutputType(typeof(QueryJob))]
public sealed class NewQueryJobCommand : QueryCommandBase
{
    private const string RangeSet = "Range";
    private const string AroundSet = "AroundEvent";
    private const string AroundIdSet = "AroundEventId";

    /// <summary>Keep the result current instead of finishing.</summary>
    [Parameter(ParameterSetName = RangeSet)]
    public SwitchParameter Live { get; set; }

    /// <summary>An event. The job returns only the events around it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AroundSet)]
    [ValidateNotNull]
    public PSObject? Around { get; set; }

    /// <summary>The <c>@id</c> of the event.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AroundIdSet)]
    [ValidateNotNullOrEmpty]
    public string? AroundEventId { get; set; }

    /// <summary>The time of the event.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AroundIdSet)]
    [TimeTransformation]
    public string? AroundTimestamp { get; set; }

    /// <summary>Number of older events.</summary>
    [Parameter(ParameterSetName = AroundSet)]
    [Parameter(ParameterSetName = AroundIdSet)]
    [ValidateRange(0, 200_000)]
    public int Before { get; set; } = 100;

    /// <summary>Number of newer events.</summary>
    [Parameter(ParameterSetName = AroundSet)]
    [Parameter(ParameterSetName = AroundIdSet)]
    [ValidateRange(0, 200_000)]
    public int After { get; set; } = 100;

    private protected override object? Target => Query;

    private protected override bool GoesOnAfterFailure => true;

    private protected override void OnProcess()
    {
        var connection = Connected();
        var spec = Spec(connection.Jobs().Transport.Time);
        if (!ShouldProcess(connection.ToString(), $"Create a query job for: {Query}"))
            return;
        var id = Run(token => connection.Jobs().Client(Signals, Repository).CreateAsync(spec, token));
        var job = new QueryJob(id, connection, Repository, spec, connection.Jobs().Transport.Time.GetUtcNow());
        Session.Add(job);
        WriteObject(job);
    }

    private QueryJobSpec Spec(TimeProvider time)
    {
        SearchSpec.EnsureQuery(Query);
        var anchor = Anchor();
        var (start, end) = anchor is null
            ? (QueryTime.Parse(Start), QueryTime.Parse(End))
            : anchor.Range(Given(nameof(Start), Start), Given(nameof(End), End), time);
        QueryTime.EnsureRange(start, end, time);
        return new QueryJobSpec(Query)
        {
            Start = start,
            End = end,
            IsLive = Live,
            TimeZone = TimeZone,
            Arguments = SearchParameters.Arguments(Argument),
            AllowEventSkipping = AllowEventSkipping,
            Around = anchor,
        };
    }

    private AroundAnchor? Anchor() => ParameterSetName switch
    {
        AroundSet => AnchorEvent.Of(Around, Before, After),
        AroundIdSet => new AroundAnchor(AroundEventId!, SearchParameters.Timestamp(AroundTimestamp!), Before, After),
        _ => null,
    };

    private QueryTime? Given(string parameter, string value) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) ? QueryTime.Parse(value) : null;
}
