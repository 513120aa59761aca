using System.Management.Automation;
using System.Text;
using LogScalePaging.Axiom.Answers;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale.Events;
using LogScalePaging.Records;

namespace LogScalePaging;

/// <summary>
/// The values of <c>TimeCreated</c>, the hidden property of events and records. They are computed when they are read, so the property costs
/// nothing in the pipeline. The offset is always zero (UTC). Public, because PowerShell calls only public methods.
/// </summary>
public static class EventTime
{
    private const long NanosecondsOfTick = 100;

    // The lists of Falcon use several names for it.
    private static readonly string[] s_falcon = [.. FalconFamilies.All.Select(family => family.TimeField).OfType<string>().Distinct()];

    /// <summary>The time of an event of LogScale, to the millisecond; null if it has no valid <c>@timestamp</c>.</summary>
    public static DateTimeOffset? OfEvent(PSObject record) => Of(record, LogScaleEvents.Schema.TimeField!);

    /// <summary>The time of an event of Axiom, to 100 ns; null if it has no valid <c>_time</c>.</summary>
    public static DateTimeOffset? OfAxiomEvent(PSObject record) => Of(record, AxiomFields.Time);

    /// <summary>The time at which a record of Falcon REST was created; null if the record does not have it.</summary>
    public static DateTimeOffset? OfFalconRecord(PSObject record) =>
        s_falcon.Select(field => Of(record, field)).FirstOrDefault(time => time is not null);

    private static DateTimeOffset? Of(PSObject? record, string field) => Plain(record?.Properties[field]?.Value) switch
    {
        long milliseconds => EpochTime.Utc(milliseconds),
        string text => OfText(text),
        _ => null,
    };

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static DateTimeOffset? OfText(string text)
    {
        if (IsoTime.Nanoseconds(Encoding.UTF8.GetBytes(text)) is not { } nanoseconds)
            return null;
        // Round down also before 1970.
        var ticks = Math.DivRem(nanoseconds, NanosecondsOfTick, out var rest);
        return new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(rest < 0 ? ticks - 1 : ticks);
    }
}
