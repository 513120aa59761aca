using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that brings home all that a query matches.</summary>
public abstract class SearchCommandBase : QueryCommandBase
{
    /// <summary>Fields to keep, in this order; a field that an event lacks is null.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? Property { get; set; }

    /// <summary>How to get past the result buffer.</summary>
    [Parameter]
    public virtual QueryStrategy Strategy { get; set; }

    /// <summary>Events a page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Do not count, and so prove nothing.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>How long a query job may make no progress, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    /// <summary>End with a terminating error unless the state is Complete.</summary>
    [Parameter]
    public SwitchParameter RequireComplete { get; set; }

    private protected override object? Target => Query;

    private protected override bool GoesOnAfterFailure => !RequireComplete;

    private protected override bool CanServe(ServerConnection connection) => Strategy != QueryStrategy.Stream || !connection.Jobs().IsGateway;

    /// <summary>The search that the parameters describe.</summary>
    /// <param name="connection">Where to search.</param>
    /// <param name="limit">Events at the most; null for all.</param>
    /// <param name="resume">Whether an earlier run has pinned the range: what its words mean now does not matter then.</param>
    /// <exception cref="ArgumentException">They describe none; the message says why.</exception>
    private protected SearchSpec Search(ServerConnection connection, long? limit, bool resume = false)
    {
        if (RequireComplete && NoVerify)
            throw new ArgumentException("-RequireComplete requires the server's count. Remove -NoVerify.");
        var spec = new SearchSpec(Query)
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
            MaxEvents = limit,
            NoVerify = NoVerify,
            JobTimeout = TimeSpan.FromSeconds(JobTimeoutSec),
        };
        spec.EnsureValid(resume ? null : connection.Jobs().Transport.Time);
        connection.Jobs().EnsureCan(spec.Strategy);
        return spec;
    }
}
