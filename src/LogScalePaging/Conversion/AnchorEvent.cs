using System.Collections;
using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging;

/// <summary>Reads the id and the time of an event to search around.</summary>
internal static class AnchorEvent
{
    /// <summary>The event for a search.</summary>
    /// <param name="given">The event, from a search, an export or a copy of one; a list with a single event is that event.</param>
    /// <param name="before">Number of older events.</param>
    /// <param name="after">Number of newer events.</param>
    /// <exception cref="ArgumentException">It is not an event with an id and a time.</exception>
    public static AroundAnchor Of(PSObject? given, int before, int after)
    {
        var record = One(
            given ?? throw new ArgumentException("-Around requires events from the pipeline: $alert | Invoke-QueryJob '*' -Around."));
        var id = Field(record, "@id") as string;
        if (string.IsNullOrEmpty(id))
            throw new ArgumentException("The event of -Around has no @id. A select() in its query may have dropped it.");
        var time = Field(record, "@timestamp") ?? throw new ArgumentException("The event of -Around has no @timestamp.");
        return new AroundAnchor(id!, Commands.SearchParameters.Timestamp(time), before, after);
    }

    private static object? Field(PSObject record, string name) =>
        record.Properties[name]?.Value is { } value && value is PSObject wrapped ? wrapped.BaseObject : record.Properties[name]?.Value;

    private static PSObject One(PSObject given) => given.BaseObject is IList several
        ? several.Count == 1
            ? PSObject.AsPSObject(several[0])
            : throw new ArgumentException($"-Around takes one event, and {several.Count} were given. Make a job for each of them.")
        : given;
}
