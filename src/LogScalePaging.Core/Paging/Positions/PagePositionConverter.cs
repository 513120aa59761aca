using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogScalePaging.Paging.Positions;

/// <summary>Writes a <see cref="PagePosition"/> as a JSON object of strings.</summary>
internal sealed class PagePositionConverter : JsonConverter<PagePosition>
{
    /// <inheritdoc/>
    public override PagePosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)
            ?? throw new JsonException("A position is a JSON object of strings.");
        return PagePosition.Of([.. values.Select(v => (v.Key, (string?)v.Value))]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PagePosition value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var entry in value.Values)
            writer.WriteString(entry.Key, entry.Value);
        writer.WriteEndObject();
    }
}
