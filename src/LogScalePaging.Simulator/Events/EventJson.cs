using System.Text.Json;

namespace LogScalePaging.Simulator.Events;

/// <summary>Reads events written by hand.</summary>
internal static class EventJson
{
    /// <summary>
    /// Checks that the text is a flat object with a numeric <c>@timestamp</c>, and removes white space between its tokens.
    /// </summary>
    /// <exception cref="ArgumentException">The text is not valid.</exception>
    public static byte[] Normalize(string json)
    {
        var bytes = Utf8.Bytes(json);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || root.EnumerateObject().Any(p => p.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                throw new ArgumentException("An event is a flat JSON object: " + json, nameof(json));
            if (!root.TryGetProperty("@timestamp", out var time) || time.ValueKind != JsonValueKind.Number || !time.TryGetInt64(out _))
                throw new ArgumentException("An event needs @timestamp as a number of milliseconds: " + json, nameof(json));
        }
        catch (JsonException e)
        {
            throw new ArgumentException("Not JSON: " + json, nameof(json), e);
        }
        return WithoutWhiteSpace(bytes);
    }

    private static byte[] WithoutWhiteSpace(byte[] json)
    {
        var length = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var b = json[i];
            var isSpace = b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
            if (isSpace && !inString)
                continue;
            if (b == (byte)'"')
                inString = !inString;
            json[length++] = b;
            if (inString && b == (byte)'\\')
                json[length++] = json[++i];
        }
        Array.Resize(ref json, length);
        return json;
    }
}
