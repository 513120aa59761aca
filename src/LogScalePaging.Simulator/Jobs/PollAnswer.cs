using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Faults;
using LogScalePaging.Simulator.Http;
using LogScalePaging.Simulator.Query;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>Writes the JSON of a poll.</summary>
internal sealed class PollAnswer(SimulatedJob job, SimulatorOptions options, SimulatorClock clock)
{
    private const int TotalWork = 10;
    private static readonly AnswerFaultPlan s_none = new();
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A fault to apply, if it affects the content of a poll.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>Added as a warning; null for none.</summary>
    public string? Echo { get; init; }

    /// <param name="page">Selects the rows that are sent; null for the metadata only.</param>
    public RowsBody ToBody(Func<Rows, Rows>? page)
    {
        var progress = job.Progress;
        var done = progress >= 1 && Fault != FaultKind.NotDone;
        var result = job.Result;
        var all = result.Rows;
        if (Fault is FaultKind.CancelledResult or FaultKind.EmptyWithMore)
            all = Rows.None;
        else if (!done)
            all = options.PartialEventsWhileRunning && !job.Request.NoResultUntilDone
                ? all.Slice(0, (int)(all.Count * Math.Min(progress, 0.99)))
                : Rows.None;

        // Heartbeats, and answers of jobs that are not done, stay right.
        var plan = done && page is not null && Fault is null ? options.AnswerFaults : s_none;
        var info = job.Answer;
        var rows = page is null ? Rows.None : plan.Faults.Count == 0 ? page(all) : WrongRows.OfPoll(plan, info, all, page);
        var shape = WrongShape.Of(plan, info);

        var head = new ByteWriter();
        head.Add("{\"cancelled\":"u8).Add(Fault == FaultKind.CancelledResult ? "true"u8 : "false"u8);
        head.Add(",\"done\":"u8).Add(done ? "true"u8 : "false"u8);
        var tail = new ByteWriter();
        if (shape.InPlaceOfEvents is { } other)
        {
            head.Add(other);
            rows = Rows.None;
        }
        else
        {
            head.Add(",\"events\":["u8);
            tail.Add((byte)']');
        }
        tail.Add(",\"metaData\":"u8);
        WriteMetaData(tail, result, all.Count, done, progress, shape);
        tail.Add((byte)'}');
        return new RowsBody(head.ToArray(), rows, asLines: false, tail.ToArray());
    }

    private void WriteMetaData(ByteWriter target, QueryRows result, int count, bool done, double progress, WrongShape shape)
    {
        using var json = new Utf8JsonWriter(target, Relaxed);
        var share = done ? 1 : Math.Min(progress, 0.99);
        var processed = options.ProcessedEventsCountsScanned ? result.Scanned : result.Matched;
        json.WriteStartObject();
        if (shape.EventCount(count) is { } said)
            json.WriteNumber("eventCount", said);
        WriteExtraData(json, result, shape);
        WriteFilterQuery(json, result);
        if (result.FieldOrder is not null)
        {
            json.WriteStartArray("fieldOrder");
            foreach (var field in result.FieldOrder)
                json.WriteStringValue(field);
            json.WriteEndArray();
        }
        json.WriteBoolean("isAggregate", shape.IsAggregate(result.IsAggregate));
        json.WriteNumber("pollAfter", done && !job.Request.IsLive ? options.PollAfterDoneMs : options.PollAfterMs);
        json.WriteNumber("processedBytes", (long)(result.Scanned * 500 * share));
        json.WriteNumber("processedEvents", (long)(processed * share));
        if (result.SaidEnd is { } end)
            json.WriteNumber("queryEnd", end);
        if (result.SaidStart is { } start)
            json.WriteNumber("queryStart", start);
        json.WriteNumber("resultBufferSize", count);
        json.WriteNumber("timeMillis", (long)job.Runtime.TotalMilliseconds);
        json.WriteNumber("totalWork", TotalWork);
        json.WriteNumber("workDone", (int)(TotalWork * share));
        WriteWarnings(json, [.. done ? result.Warnings : [], .. shape.Warnings]);
        if (options.MaxIngestLatencyMs is { } latency)
        {
            json.WriteStartObject("digestFlow");
            json.WriteNumber("minIngestTimeIncluded", result.Range.Start);
            json.WriteNumber("ingestTimeKnownGood", clock.NowMs);
            json.WriteNumber("maxIngestLatency", latency);
            json.WriteEndObject();
        }
        json.WriteStartObject("costs");
        json.WriteNumber("liveCost", 0);
        json.WriteNumber("liveCostRate", 0);
        json.WriteNumber("staticCost", result.Scanned);
        json.WriteNumber("staticCostRate", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteExtraData(Utf8JsonWriter json, QueryRows result, WrongShape shape)
    {
        json.WriteStartObject("extraData");
        foreach (var entry in result.ExtraData)
            json.WriteString(entry.Key, entry.Value);
        var more = Fault == FaultKind.EmptyWithMore ? true : shape.HasMore(result.HasMore);
        // The server sends these values as strings.
        if (more is { } value)
            json.WriteString("hasMoreEvents", value ? "true" : "false");
        json.WriteEndObject();
    }

    private void WriteFilterQuery(Utf8JsonWriter json, QueryRows result)
    {
        json.WriteStartObject("filterQuery");
        json.WriteString("queryString", job.Plan.FilterText);
        json.WriteBoolean("isInteractive", false);
        json.WriteBoolean("includeDeletedEvents", false);
        json.WriteNumber("end", result.Range.End);
        json.WriteBoolean("showQueryEventDistribution", job.Request.ShowQueryEventDistribution);
        json.WriteBoolean("isLive", false);
        json.WriteNumber("start", result.Range.Start);
        json.WriteBoolean("noResultUntilDone", job.Request.NoResultUntilDone);
        json.WriteEndObject();
    }

    private void WriteWarnings(Utf8JsonWriter json, IReadOnlyList<string> ofResult)
    {
        json.WriteStartArray("warnings");
        var number = 0;
        foreach (var message in options.Warnings.Concat(Echo is null ? [] : [Echo]).Concat(ofResult))
        {
            if (options.OldWarnings)
            {
                json.WriteStringValue(message);
                continue;
            }
            json.WriteStartObject();
            json.WriteString("category", "Warning");
            json.WriteString("classification", "Generic");
            json.WriteString("code", "simulated-" + (++number).ToString(CultureInfo.InvariantCulture));
            json.WriteString("message", message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
