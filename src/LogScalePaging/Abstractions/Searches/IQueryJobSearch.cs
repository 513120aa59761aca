using System.Collections;
using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>The parameters of a cmdlet that searches with query jobs.</summary>
internal interface IQueryJobSearch
{
    string Query { get; }

    string Start { get; }

    string End { get; }

    string? Repository { get; }

    IDictionary? Argument { get; }

    string? TimeZone { get; }

    SwitchParameter AllowEventSkipping { get; }

    SearchStrategy Strategy { get; }

    int PageSize { get; }

    int JobTimeoutSec { get; }
}

/// <summary>Makes the engine's request.</summary>
internal static class QueryJobSearch
{
    /// <summary>The search that the parameters describe.</summary>
    /// <param name="search">The parameters.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="resume">Whether an earlier run has pinned the range. The current meaning of a relative range is then ignored.</param>
    /// <exception cref="ArgumentException">The parameters are not valid. The message says why.</exception>
    public static SearchSpec ToSpec(this IQueryJobSearch search, ServerConnection connection, bool resume)
    {
        var spec = new SearchSpec(search.Query)
        {
            Start = QueryTime.Parse(search.Start),
            End = QueryTime.Parse(search.End),
            Repository = search.Repository,
            Arguments = SearchParameters.Arguments(search.Argument),
            TimeZone = search.TimeZone,
            AllowEventSkipping = search.AllowEventSkipping,
            Strategy = search.Strategy,
            Parallel = connection.ThrottleLimit,
            PageSize = search.PageSize,
            JobTimeout = TimeSpan.FromSeconds(search.JobTimeoutSec),
        };
        spec.EnsureValid(resume ? null : connection.Jobs().Transport.Time);
        connection.Jobs().EnsureCan(spec.Strategy);
        return spec;
    }
}
