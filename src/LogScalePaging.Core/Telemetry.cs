using System.Diagnostics;
using System.Diagnostics.Metrics;
using LogScalePaging.Paging;

namespace LogScalePaging;

/// <summary>The meter and the activity source of the engine, both named <c>LogScalePaging</c>.</summary>
public static class Telemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "LogScalePaging";

    /// <summary>Activities: one a request and one a walk.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_signals = s_meter.CreateCounter<long>("logscalepaging.signals", "{signal}", "Named happenings, tagged with their kind.");
    private static readonly Counter<long> s_events = s_meter.CreateCounter<long>("logscalepaging.events", "{event}", "Events handed to a sink.");
    private static readonly Counter<long> s_bytes = s_meter.CreateCounter<long>("logscalepaging.received", "By", "Bytes of answers read.");

    internal static void Count(SignalKind kind, long count)
    {
        if (s_signals.Enabled)
            s_signals.Add(count, new KeyValuePair<string, object?>("kind", kind.ToString()));
    }

    internal static void Events(long count) => s_events.Add(count);

    internal static void Bytes(long count) => s_bytes.Add(count);
}
