using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogScalePaging.Tanium.Graph;

/// <summary>Writes the body of a GraphQL request.</summary>
internal static class GraphBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"query":…,"variables":{…}}</c>.</summary>
    /// <param name="query">The text.</param>
    /// <param name="variables">Writes the members of the variables; null for none.</param>
    public static byte[] Of(string query, Action<Utf8JsonWriter>? variables = null)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("query", query);
            writer.WriteStartObject("variables");
            variables?.Invoke(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }

    /// <summary>A string as a GraphQL value. Its escapes are those of JSON.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
