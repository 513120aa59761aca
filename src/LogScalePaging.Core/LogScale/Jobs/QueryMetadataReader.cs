using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>Reads <c>metaData</c>. Each member can have any of the forms that versions of the server send.</summary>
internal static class QueryMetadataReader
{
    // Some 30 years. A time span cannot hold every number.
    private const long LongestLag = 1_000_000_000_000;

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static QueryMetadata Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > AnswerLimits.MetadataBytes)
            throw AnswerLimitException.Bytes("The metadata of the answer", AnswerLimits.MetadataBytes);
        using var document = AnswerJson.Parse(utf8);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return new QueryMetadata();
        var extra = AnswerJson.Member(root, "extraData");
        var digest = AnswerJson.Member(root, "digestFlow");
        return new QueryMetadata
        {
            EventCount = Number(root, "eventCount"),
            // Servers send the string "true" or "false". A boolean means the same.
            HasMoreEvents = Flag(extra, "hasMoreEvents"),
            IsAggregate = Flag(root, "isAggregate") ?? false,
            PollAfter = Milliseconds(root, "pollAfter"),
            ProcessedEvents = Number(root, "processedEvents"),
            ProcessedBytes = Number(root, "processedBytes"),
            QueryStart = Number(root, "queryStart"),
            QueryEnd = Number(root, "queryEnd"),
            FilterQuery = AnswerJson.Text(AnswerJson.Member(root, "filterQuery"), "queryString"),
            ResultBufferSize = Number(root, "resultBufferSize"),
            Runtime = Milliseconds(root, "timeMillis"),
            TotalWork = Number(root, "totalWork"),
            WorkDone = Number(root, "workDone"),
            FieldOrder = Strings(root, "fieldOrder"),
            Warnings = Warnings(root),
            TimeSettingsOverwritten = Flag(extra, "timeSettingsOverwrittenFromQuery") ?? false,
            IngestLag = digest is { } lag && Number(lag, "maxIngestLatency") is >= 0 and var latency
                ? TimeSpan.FromMilliseconds(Math.Min(latency, LongestLag))
                : null,
            IngestKnownGood = digest is { } flow ? Number(flow, "ingestTimeKnownGood") : null,
        };
    }

    private static long? Number(JsonElement parent, string name) => AnswerJson.Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.Number } n when n.TryGetInt64(out var whole) => whole,
        // The number has a fraction or an exponent. A number that does not fit into a long is ignored.
        { ValueKind: JsonValueKind.Number } n when n.TryGetDouble(out var number) && Math.Abs(number) < long.MaxValue => (long)number,
        { ValueKind: JsonValueKind.String } s when long.TryParse(AnswerJson.Text(s), System.Globalization.NumberStyles.Integer,
            System.Globalization.CultureInfo.InvariantCulture, out var whole) => whole,
        _ => null,
    };

    private static TimeSpan? Milliseconds(JsonElement parent, string name) =>
        Number(parent, name) is { } n && n is >= 0 and < 86_400_000 ? TimeSpan.FromMilliseconds(n) : null;

    private static bool? Flag(JsonElement? parent, string name) => AnswerJson.Member(parent, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } s => string.Equals(AnswerJson.Text(s), "true", StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    private static List<string>? Strings(JsonElement parent, string name) =>
        AnswerJson.Member(parent, name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Take(AnswerLimits.FieldNames).Select(e => AnswerJson.Text(e)).OfType<string>()]
            : null;

    private static List<string> Warnings(JsonElement root)
    {
        if (AnswerJson.Member(root, "warnings") is not { ValueKind: JsonValueKind.Array } array)
            return [];
        return [.. array.EnumerateArray().Select(Warning)];
    }

    // Old servers send strings, and new ones send objects: {category, classification, code, message}.
    private static string Warning(JsonElement warning) => warning.ValueKind switch
    {
        JsonValueKind.String => AnswerJson.Text(warning)!,
        JsonValueKind.Object when AnswerJson.Text(warning, "message") is { } message =>
            AnswerJson.Text(warning, "category") is { } category ? $"{category}: {message}" : message,
        _ => warning.GetRawText(),
    };
}
