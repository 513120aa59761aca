using System.Security.Cryptography;
using System.Text.Json;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// The hash of a JSON value that does not depend on white space, on escapes or on the order of members. It covers every member, also one
/// that this version does not know.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    /// <param name="root">An object.</param>
    /// <param name="without">Name of a member of it that is left out.</param>
    public static string Hash(JsonElement root, string without)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Write(writer, root, without);
        using var sha = SHA256.Create();
        return Hex.Lower(sha.ComputeHash(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string? without)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                // The sort is stable, so a repeated name keeps its order and changes the hash.
                foreach (var member in value.EnumerateObject().Where(m => m.Name != without).OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, without: null);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, without: null);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                writer.WriteRawValue(value.GetRawText());
                break;
        }
    }
}
