using System.Text.Json;

namespace LogScalePaging.LogScale.Queries;

/// <summary>The body of a create request.</summary>
/// <param name="Query">The query in CQL, as the user wrote it.</param>
public sealed record QueryJobSpec(string Query)
{
    /// <summary>Start of the range; null for the server's default of 24 hours ago.</summary>
    public QueryTime? Start { get; init; }

    /// <summary>End of the range; null for the server's default of now.</summary>
    public QueryTime? End { get; init; }

    /// <summary>Keep the result current instead of finishing.</summary>
    public bool IsLive { get; init; }

    /// <summary>Time zone for the query's time functions, such as <c>Europe/Berlin</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Values for the query's <c>?parameters</c>.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Let the server leave out events that it would have to fetch from slow storage. The result is then incomplete.</summary>
    public bool AllowEventSkipping { get; init; }

    /// <summary>Only the events around one event.</summary>
    public AroundAnchor? Around { get; init; }

    /// <summary>Only events of these ingest times; null for all.</summary>
    internal ArrivalRange? Arrived { get; init; }

    /// <summary>The create request's body in UTF-8.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("queryString", Query);
            WriteTime(json, "start", Start);
            WriteTime(json, "end", End);
            json.WriteBoolean("isLive", IsLive);
            if (TimeZone is not null)
                json.WriteString("timeZone", TimeZone);
            if (AllowEventSkipping)
                json.WriteBoolean("allowEventSkipping", true);
            WriteArrived(json);
            WriteArguments(json);
            WriteAround(json);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, QueryTime? time)
    {
        if (time?.Milliseconds is { } milliseconds)
            json.WriteNumber(name, milliseconds);
        else if (time?.Relative is { } relative)
            json.WriteString(name, relative);
    }

    private void WriteArrived(Utf8JsonWriter json)
    {
        if (Arrived is null)
            return;
        json.WriteBoolean("useIngestTime", true);
        json.WriteNumber("ingestStart", Arrived.Start);
        json.WriteNumber("ingestEnd", Arrived.End);
    }

    private void WriteArguments(Utf8JsonWriter json)
    {
        if (Arguments is not { Count: > 0 })
            return;
        json.WriteStartObject("arguments");
        foreach (var argument in Arguments)
            json.WriteString(argument.Key, argument.Value);
        json.WriteEndObject();
    }

    private void WriteAround(Utf8JsonWriter json)
    {
        if (Around is null)
            return;
        json.WriteStartObject("around");
        json.WriteString("eventId", Around.EventId);
        json.WriteNumber("timestamp", Around.Timestamp);
        // All four are always sent: the published clients do so, and no source says what a missing one means.
        json.WriteNumber("numberOfEventsBefore", Around.Before);
        json.WriteNumber("numberOfEventsAfter", Around.After);
        json.WriteEndObject();
    }
}
