using System.Text.Json;
using LogScalePaging.Simulator.Query;

namespace LogScalePaging.Simulator.Jobs;

/// <summary>The body of a request that creates a job or streams a query.</summary>
internal sealed class CreateRequest
{
    public required string QueryString { get; init; }

    /// <summary>As sent: a relative time or epoch milliseconds, as text.</summary>
    public required string Start { get; init; }

    public required string End { get; init; }

    public bool IsLive { get; init; }

    public bool NoResultUntilDone { get; init; }

    public bool ShowQueryEventDistribution { get; init; }

    public bool UseIngestTime { get; init; }

    public string? IngestStart { get; init; }

    public string? IngestEnd { get; init; }

    public bool HasIngestTime => UseIngestTime || IngestStart is not null || IngestEnd is not null;

    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    public Around? Around { get; init; }

    /// <exception cref="FormatException">The body is not valid. The message is for the client.</exception>
    public static CreateRequest Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("The request content was malformed:\nObject expected");
            return new CreateRequest
            {
                QueryString = Text(root, "queryString")
                    ?? throw new FormatException("The request content was malformed:\nObject is missing required member 'queryString'"),
                Start = Time(root, "start") ?? "24h",
                End = Time(root, "end") ?? "now",
                IsLive = Flag(root, "isLive"),
                NoResultUntilDone = Flag(root, "noResultUntilDone"),
                ShowQueryEventDistribution = Flag(root, "showQueryEventDistribution"),
                UseIngestTime = Flag(root, "useIngestTime"),
                IngestStart = Time(root, "ingestStart"),
                IngestEnd = Time(root, "ingestEnd"),
                Arguments = ReadArguments(root),
                Around = ReadAround(root),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The request content was malformed:\n" + e.Message, e);
        }
    }

    private static JsonElement? Member(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement root, string name) => Member(root, name)?.GetString();

    private static bool Flag(JsonElement root, string name) => Member(root, name)?.GetBoolean() ?? false;

    private static string? Time(JsonElement root, string name)
        => Member(root, name) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number ? value.GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)
            : value.GetString();

    private static Dictionary<string, string> ReadArguments(JsonElement root)
        => Member(root, "arguments")?.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "") ?? [];

    private static Around? ReadAround(JsonElement root)
    {
        if (Member(root, "around") is not { } member)
            return null;
        var around = new Around(
            member.GetProperty("eventId").GetString() ?? "",
            member.GetProperty("timestamp").GetInt64(),
            member.GetProperty("numberOfEventsBefore").GetInt32(),
            member.GetProperty("numberOfEventsAfter").GetInt32());
        return around.Before >= 0 && around.After >= 0 ? around
            : throw new FormatException("The request content was malformed:\nThe numbers of events around an event must not be negative");
    }
}
