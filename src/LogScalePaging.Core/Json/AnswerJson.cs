using System.Text.Json;

namespace LogScalePaging.Json;

/// <summary>
/// Reads small JSON answers leniently: of any depth (values deeper than <see cref="JsonDepth.Most"/> levels become null), with or without a
/// byte order mark, and with texts that are not valid Unicode. The class library throws for half a surrogate pair and for bad UTF-8.
/// Servers that build their JSON from UTF-16 do send them.
/// </summary>
internal static class AnswerJson
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = int.MaxValue };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a body to its end. The transport limits its size.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static async Task<JsonDocument> ParseAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, 16 * 1024, cancellationToken).ConfigureAwait(false);
        return Parse(bytes.ToArray());
    }

    /// <summary>Parses a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8.Slice(ByteOrderMark.Length);
        return JsonDocument.Parse(JsonDepth.Limit(Utf8Text.Mended(utf8)).ToArray(), s_options);
    }

    /// <summary>Parses a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(string json) => Parse(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>A member of an object; null if there is none, or if the value is not an object.</summary>
    public static JsonElement? Member(JsonElement? parent, string name)
    {
        if (parent is not { ValueKind: JsonValueKind.Object } element)
            return null;
        try
        {
            return element.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // The name of another member has half a surrogate pair. The other members are still valid.
            return Search(element, name);
        }
    }

    /// <summary>The text of a string, with U+FFFD for invalid Unicode; null if it is not a string.</summary>
    public static string? Text(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } element)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            var raw = System.Text.Encoding.UTF8.GetBytes(element.GetRawText());
            return new JsonDecoder().DecodeToString(raw.AsSpan(1, raw.Length - 2));
        }
    }

    /// <summary>The text of a member that is a string.</summary>
    public static string? Text(JsonElement? parent, string name) => Text(Member(parent, name));

    private static JsonElement? Search(JsonElement element, string name)
    {
        JsonElement? found = null;
        foreach (var member in element.EnumerateObject())
        {
            try
            {
                if (member.NameEquals(name))
                    found = member.Value;
            }
            catch (InvalidOperationException)
            {
                // This member has the name.
            }
        }
        return found;
    }
}
