using System.Text.Json;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>What tells one row from another.</summary>
internal readonly record struct RowIdentity(string? Id, long? Timestamp)
{
    /// <summary>Reads it from an event, which must be one JSON object and nothing more.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static RowIdentity Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("It is not a JSON object.");
        string? id = null;
        long? time = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("@id"u8);
            var isTime = !isId && reader.ValueTextEquals("@timestamp"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
                id = Utf8Text.Get(reader.ValueSpan);
            else if (isTime)
                time = EventRecord.ReadTimestamp(ref reader);
            reader.Skip();
        }
        // Reads on to what follows the closing brace, and throws if that is anything.
        reader.Read();
        return new RowIdentity(string.IsNullOrEmpty(id) ? null : id, time);
    }
}
