using System.Collections;
using System.Management.Automation;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Commands;

/// <summary>The parameters of a cmdlet that reads Falcon's REST API.</summary>
internal interface IFalconSearch
{
    string Endpoint { get; }

    string? Filter { get; }

    string? SortBy { get; }

    SwitchParameter Detailed { get; }

    object? Body { get; }

    int? PageSize { get; }

    string? SliceBy { get; }

    string? Start { get; }

    string? End { get; }
}

/// <summary>Makes the engine's request.</summary>
internal static class FalconSearch
{
    /// <summary>The search that the parameters describe.</summary>
    /// <exception cref="ArgumentException">The parameters are not valid. The message says why.</exception>
    public static SearchRequest ToRequest(this IFalconSearch search, ServerConnection connection)
    {
        // A run of a schedule ends at now less the lag.
        var end = search is ScheduledExportCommandBase { IsScheduled: true } ? search.End ?? SearchParameters.DefaultEnd : search.End;
        if (search.SliceBy is not null && search.Start is null && end != search.End)
            throw new ArgumentException("-Watermark requires -Start, where the first run begins.");
        if (search.SliceBy is not null && (search.Start is null || end is null))
            throw new ArgumentException("-SliceBy requires -Start and -End.");
        if (search.SliceBy is null && (search.Start is not null || search.End is not null))
            throw new ArgumentException("-Start and -End require -SliceBy. Without it, put the times into -Filter.");
        return new FalconRequest(search.Endpoint.Trim())
        {
            Query = search.Filter ?? "",
            SortBy = search.SortBy,
            Detailed = search.Detailed,
            Body = Json(search.Body),
            PageSize = search.PageSize,
            SliceBy = search.SliceBy,
            Start = Time(search.Start),
            End = search.SliceBy is null ? default : Time(end),
            Parallel = connection.ThrottleLimit,
        };
    }

    private static RequestedTime Time(string? text)
    {
        var time = text is null ? null : QueryTime.Parse(text);
        return new RequestedTime(time?.Milliseconds, time?.Relative);
    }

    private static string? Json(object? body) => body switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => Json(wrapped.BaseObject),
        PSObject custom => BodyJson.Write(custom, "-Body"),
        null => null,
        string text => text,
        IDictionary values => BodyJson.Write(values, "-Body"),
        _ => throw new ArgumentException("-Body must be a hashtable, an object with properties, or the text of a JSON object."),
    };
}
