using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LogScalePaging.Diagnostics;

/// <summary>The meter and the activity source of the engine, both named <c>LogScalePaging</c>.</summary>
internal static class Telemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "LogScalePaging";

    /// <summary>Activities: one for each search, with its strategy and number of events, and one for each request.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_signals = s_meter.CreateCounter<long>(
        "logscalepaging.signals", "{signal}", "Signals, tagged with their kind.");
    private static readonly Counter<long> s_events = s_meter.CreateCounter<long>("logscalepaging.events", "{event}",
        "Events handed to a sink.");
    private static readonly Counter<long> s_pages = s_meter.CreateCounter<long>("logscalepaging.pages", "{page}",
        "Pages handed to a sink.");
    private static readonly Counter<long> s_bytes = s_meter.CreateCounter<long>("logscalepaging.received", "By", "Bytes of answers read.");

    private static readonly Counter<double> s_waited = s_meter.CreateCounter<double>(
        "logscalepaging.waited", "s", "Time that workers waited for a free place, for the server's rate limit and before retries.");
    private static readonly Histogram<double> s_requests = s_meter.CreateHistogram<double>("logscalepaging.request.duration", "s",
        "From sending a request to the end of its answer.");

    internal static void Count(SignalKind kind, long count)
    {
        if (s_signals.Enabled)
            s_signals.Add(count, new KeyValuePair<string, object?>("kind", kind.ToString()));
    }

    internal static void Page(long events)
    {
        s_pages.Add(1);
        s_events.Add(events);
    }

    internal static void Bytes(long count) => s_bytes.Add(count);

    internal static void Waited(TimeSpan wait) => s_waited.Add(wait.TotalSeconds);

    internal static void Request(TimeSpan duration, string method, int? status)
    {
        if (s_requests.Enabled)
            s_requests.Record(duration.TotalSeconds, new("http.request.method", method), new("http.response.status_code", status));
    }
}
