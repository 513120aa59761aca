using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogScalePaging.Records;

/// <summary>Makes records from ids: some endpoints answer with a list of strings, and a file needs one JSON object per row.</summary>
internal static class BareId
{
    /// <summary>The field that holds the id.</summary>
    public const string Field = "id";

    /// <summary>
    /// The record <c>{"id":…}</c> of an id as it is written in an answer: a JSON string with its quotes, or a number. Its bytes are kept.
    /// </summary>
    public static byte[] OfJson(ReadOnlySpan<byte> value) => [.. "{\"id\":"u8, .. value, (byte)'}'];

    /// <summary>The record <c>{"id":"…"}</c> of a decoded id. Half a surrogate pair becomes U+FFFD.</summary>
    public static byte[] Of(string id)
    {
        var text = JsonEncodedText.Encode(Encoding.UTF8.GetBytes(id), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return [.. "{\"id\":\""u8, .. text.EncodedUtf8Bytes, .. "\"}"u8];
    }
}
