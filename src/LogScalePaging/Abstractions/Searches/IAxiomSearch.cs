using LogScalePaging.Axiom;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Commands;

/// <summary>The parameters of a cmdlet that searches Axiom.</summary>
internal interface IAxiomSearch
{
    string? Query { get; }

    string? Dataset { get; }

    string Start { get; }

    string End { get; }

    QuerySortOrder SortOrder { get; }

    AxiomPaging Paging { get; }

    int PageSize { get; }
}

/// <summary>Makes the engine's request.</summary>
internal static class AxiomSearch
{
    /// <summary>The search that the parameters describe.</summary>
    /// <exception cref="ArgumentException">The parameters are not valid. The message says why.</exception>
    public static SearchRequest ToRequest(this IAxiomSearch search, ServerConnection connection, Session session)
    {
        if (search.Dataset is not null)
            session.Datasets.Add(search.Dataset);
        return new AxiomRequest(search.Dataset is { } dataset ? AxiomRequest.QueryOf(dataset, search.Query) : search.Query!)
        {
            Start = Time(search.Start),
            End = Time(search.End),
            OldestFirst = search.SortOrder == QuerySortOrder.Ascending,
            Paging = search.Paging,
            PageSize = search.PageSize,
            Parallel = connection.ThrottleLimit,
        };
    }

    private static RequestedTime Time(string text)
    {
        var time = QueryTime.Parse(text);
        return new RequestedTime(time.Milliseconds, time.Relative);
    }
}
