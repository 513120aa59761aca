using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>Reads the text of an event's names and values for sinks that are not files.</summary>
internal static class RecordText
{
    [ThreadStatic]
    private static JsonDecoder? t_decoder;

    /// <summary>
    /// Decodes the inside of any JSON string. A lone surrogate and bad UTF-8 become U+FFFD, as in exported files. The class library's
    /// reader throws for both. Servers that build their JSON from UTF-16 do send them.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> raw) => (t_decoder ??= new JsonDecoder()).DecodeToString(raw);

    /// <summary>JSON as it is written, as text. Bad UTF-8 becomes U+FFFD.</summary>
    public static string Raw(ReadOnlySpan<byte> json) => Utf8Text.Get(json);
}
