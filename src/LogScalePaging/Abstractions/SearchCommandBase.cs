using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>The shared parameters of cmdlets that retrieve every event of a query.</summary>
public abstract class SearchCommandBase : QueryCommandBase
{
    /// <summary>Fields to keep, in this order. A missing field is null.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Fields to leave out.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>How to get past the result buffer.</summary>
    [Parameter]
    [ValidateSet(nameof(SearchStrategy.Auto), nameof(SearchStrategy.Around), nameof(SearchStrategy.Window), nameof(SearchStrategy.Stream))]
    public virtual SearchStrategy Strategy { get; set; }

    /// <summary>Events per page of the walk.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int PageSize { get; set; } = SearchParameters.DefaultPageSize;

    /// <summary>Skip the count. The state is then Unverified.</summary>
    [Parameter]
    public SwitchParameter NoVerify { get; set; }

    /// <summary>Longest time without progress of a query job, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, SearchParameters.MostJobTimeoutSec)]
    public int JobTimeoutSec { get; set; } = SearchParameters.DefaultJobTimeoutSec;

    /// <summary>End with a terminating error unless the state is Complete.</summary>
    [Parameter]
    public SwitchParameter RequireComplete { get; set; }

    private protected override object? Target => Query;

    private protected override bool GoesOnAfterFailure => !RequireComplete;

    private protected override bool CanServe(ServerConnection connection) => Strategy != SearchStrategy.Stream || !connection.Jobs().IsGateway;

    /// <summary>The search that the parameters describe.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="limit">Maximum number of events; null for all.</param>
    /// <param name="resume">Whether an earlier run has pinned the range. The current meaning of a relative range is then ignored.</param>
    /// <exception cref="ArgumentException">The parameters are not valid. The message says why.</exception>
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
            Strategy = Strategy,
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
