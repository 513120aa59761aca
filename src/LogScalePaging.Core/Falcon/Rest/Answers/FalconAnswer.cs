using System.Globalization;
using System.Text.Json;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.Rest.Strategies;
using LogScalePaging.Json;
using LogScalePaging.Records;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Falcon.Rest.Answers;

/// <summary>One answer of Falcon's REST API: its records as bytes of the answer, and its metadata.</summary>
internal sealed class FalconAnswer
{
    private readonly JsonElement _rest;
    private readonly ReadOnlyMemory<byte> _items;

    private FalconAnswer(JsonElement rest, ReadOnlyMemory<byte> items, bool hasItems) =>
        (_rest, _items, HasItems) = (rest, items, hasItems);

    /// <summary>True when the answer has a list of records, which may be empty.</summary>
    public bool HasItems { get; }

    /// <summary>True if the answer has information about pages.</summary>
    public bool IsPaged => At("meta.pagination") is { ValueKind: JsonValueKind.Object }
        || Continuation.NextToken.Paths.Any(path => At(path) is not null);

    /// <summary>The total; null if there is none.</summary>
    public long? Total => At("meta.pagination.total") switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var total) && total >= 0 => total,
        { ValueKind: JsonValueKind.String } text when long.TryParse(AnswerJson.Text(text), NumberStyles.None,
            CultureInfo.InvariantCulture, out var total) => total,
        _ => null,
    };

    /// <summary>When the token expires, as the answer writes it; null if the answer does not say it.</summary>
    public long? ExpiresAt => At("meta.pagination.expires_at") is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt64(out var moment) ? moment : null;

    /// <summary>The trace id in the answer.</summary>
    public string? TraceId => AnswerJson.Text(At("meta.trace_id"));

    /// <summary>Reads an answer.</summary>
    /// <param name="json">The body.</param>
    /// <param name="itemsPaths">The possible places of the records.</param>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static FalconAnswer Parse(byte[] json, IReadOnlyList<string> itemsPaths)
    {
        var body = json.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json.AsMemory(3) : json.AsMemory();
        using var rest = new MemoryStream();
        ReadOnlyMemory<byte> resources = default;
        var members = new JsonMembers(body.Span);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual("resources"u8))
            {
                resources = body.Slice(members.Start, members.Value.Length);
                continue;
            }
            // The records of a page can be megabytes, so only the rest of the answer is read as a document.
            Write(rest, rest.Length == 0 ? "{\""u8 : ",\""u8);
            Write(rest, members.Name);
            Write(rest, "\":"u8);
            Write(rest, members.Value);
        }
        Write(rest, rest.Length == 0 ? "{}"u8 : "}"u8);
        using var document = AnswerJson.Parse(rest.ToArray());
        var items = Items(resources, itemsPaths);
        return new FalconAnswer(document.RootElement.Clone(), items, !items.IsEmpty);
    }

    /// <summary>Throws if the answer has errors.</summary>
    /// <param name="but">A code that is not an error here.</param>
    /// <exception cref="AnswerErrorsException">It has errors.</exception>
    public void ThrowIfErrors(int? but = null) => AnswerErrors.ThrowIfAny(_rest, but);

    /// <summary>The values of the continuations in the answer, by name. No value is empty.</summary>
    public IReadOnlyDictionary<string, string> Tokens()
    {
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var shape in Continuation.All)
        {
            foreach (var path in shape.Paths)
            {
                if (At(path) is { } value && Token(shape, value) is { Length: > 0 } token)
                {
                    tokens[shape.Name] = token;
                    break;
                }
            }
        }
        return tokens;
    }

    /// <summary>The records as the answer has them.</summary>
    /// <exception cref="JsonException">The list is not valid.</exception>
    public List<ReadOnlyMemory<byte>> Values()
    {
        var values = new List<ReadOnlyMemory<byte>>();
        if (!HasItems || _items.Span[0] != (byte)'[')
            return values;
        var items = new JsonItems(_items.Span);
        while (items.MoveNext())
            values.Add(_items.Slice(items.Start, items.Value.Length));
        return values;
    }

    /// <summary>One value as a record: an id becomes <c>{"id":…}</c>.</summary>
    /// <exception cref="JsonException">It is neither an id nor a record.</exception>
    public static Record Record(ReadOnlyMemory<byte> value, RecordParser parser) => value.Span[0] switch
    {
        (byte)'{' => parser.Parse(value),
        (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') => parser.Parse(BareId.OfJson(value.Span)),
        _ => throw new JsonException("A record in the answer is neither an object nor an id."),
    };

    private static string? Token(Continuation shape, JsonElement value)
    {
        if (shape.IsOffset)
            return value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;
        var text = AnswerJson.Text(value);
        // A link to the next page has the token as a parameter. The link is never followed.
        var cut = text?.IndexOf("offset=", StringComparison.Ordinal) ?? -1;
        return cut >= 0 && text!.Contains("?") ? Uri.UnescapeDataString(text.Substring(cut + 7).Split('&')[0]) : text;
    }

    private static ReadOnlyMemory<byte> Items(ReadOnlyMemory<byte> resources, IReadOnlyList<string> paths)
    {
        if (resources.IsEmpty || resources.Span[0] != (byte)'{')
            return resources;
        // The list can be {"events":[…]} instead.
        foreach (var path in paths.Where(path => path.StartsWith("resources.", StringComparison.Ordinal)))
        {
            var value = RecordField.Raw(resources.Span, path.Substring(10));
            if (!value.IsEmpty && resources.Span.Overlaps(value, out var start))
                return resources.Slice(start, value.Length);
        }
        return default;
    }

    private JsonElement? At(string path)
    {
        JsonElement? value = _rest;
        foreach (var name in path.Split('.'))
            value = AnswerJson.Member(value, name);
        return value;
    }

    private static void Write(MemoryStream target, ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        target.Write(bytes);
#else
        target.Write(bytes.ToArray(), 0, bytes.Length);
#endif
    }
}
