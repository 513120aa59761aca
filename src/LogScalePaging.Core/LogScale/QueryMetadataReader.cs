using System.Text.Json;

namespace LogScalePaging.LogScale;

/// <summary>Reads <c>metaData</c>, taking each member in any of the forms that server versions send it in.</summary>
internal static class QueryMetadataReader
{
    public static QueryMetadata Read(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return new QueryMetadata();
        var extra = Member(root, "extraData");
        return new QueryMetadata
        {
            EventCount = Number(root, "eventCount"),
            // The string "true" or "false", so far; a boolean would mean the same.
            HasMoreEvents = Flag(extra, "hasMoreEvents"),
            IsAggregate = Flag(root, "isAggregate") ?? false,
            PollAfter = Milliseconds(root, "pollAfter"),
            ProcessedEvents = Number(root, "processedEvents"),
            ProcessedBytes = Number(root, "processedBytes"),
            QueryStart = Number(root, "queryStart"),
            QueryEnd = Number(root, "queryEnd"),
            FilterQuery = Text(Member(root, "filterQuery"), "queryString"),
            ResultBufferSize = Number(root, "resultBufferSize"),
            Runtime = Milliseconds(root, "timeMillis"),
            TotalWork = Number(root, "totalWork"),
            WorkDone = Number(root, "workDone"),
            FieldOrder = Strings(root, "fieldOrder"),
            Warnings = Warnings(root),
            TimeSettingsOverwritten = Flag(extra, "timeSettingsOverwrittenFromQuery") ?? false,
        };
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } p && p.TryGetProperty(name, out var value) ? value : null;

    private static long? Number(JsonElement parent, string name) => Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.Number } n when n.TryGetInt64(out var whole) => whole,
        { ValueKind: JsonValueKind.Number } n => (long)n.GetDouble(),
        { ValueKind: JsonValueKind.String } s when long.TryParse(s.GetString(), System.Globalization.NumberStyles.Integer,
            System.Globalization.CultureInfo.InvariantCulture, out var whole) => whole,
        _ => null,
    };

    private static TimeSpan? Milliseconds(JsonElement parent, string name) =>
        Number(parent, name) is { } n && n is >= 0 and < 86_400_000 ? TimeSpan.FromMilliseconds(n) : null;

    private static bool? Flag(JsonElement? parent, string name) => Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } s => string.Equals(s.GetString(), "true", StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    private static string? Text(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } s ? s.GetString() : null;

    private static List<string>? Strings(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
            : null;

    private static List<string> Warnings(JsonElement root)
    {
        if (Member(root, "warnings") is not { ValueKind: JsonValueKind.Array } array)
            return [];
        return [.. array.EnumerateArray().Select(Warning)];
    }

    // Old servers send strings, new ones objects: {category, classification, code, message}.
    private static string Warning(JsonElement warning) => warning.ValueKind switch
    {
        JsonValueKind.String => warning.GetString()!,
        JsonValueKind.Object when Text(warning, "message") is { } message =>
            Text(warning, "category") is { } category ? $"{category}: {message}" : message,
        _ => warning.GetRawText(),
    };
}
