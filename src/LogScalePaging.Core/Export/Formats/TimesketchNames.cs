using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// The names of an event's own fields in a file for Timesketch. Its search index reads a dot in a name as a nested object, and refuses an
/// event with both <c>@timestamp</c> and <c>@timestamp.nanos</c>, so dots become underscores. An own field with the name of a required one
/// gets a prefix. Two of the first 50,000 names never become one name, because a reader would drop one of the fields.
/// </summary>
internal sealed class TimesketchNames
{
    // A hostile source must not fill the memory with names.
    private const int Remembered = 50_000;
    private const string Message = "message";
    private static readonly string[] s_required = [Message, "datetime", "timestamp", "timestamp_desc"];

    private readonly Utf8Table<Name> _names = new();
    private readonly JsonDecoder _decoder = new();
    private readonly HashSet<string> _taken = new(s_required, StringComparer.Ordinal);

    /// <param name="schema">What the records look like. The fields that it names keep their names.</param>
    public TimesketchNames(RecordSchema schema)
    {
        foreach (var field in new[] { schema.IdentityField, schema.TimeField, schema.IngestField }.OfType<string>())
        {
            if (!_taken.Add(field))
                continue;
            _names.Add(Encoding.UTF8.GetBytes(field), Written(field, isMessage: false));
        }
    }

    /// <summary>The name of a field.</summary>
    /// <param name="raw">The name as it is written in the event, with JSON escapes.</param>
    public Name Find(ReadOnlySpan<byte> raw)
    {
        // A name can be written with and without escapes, and is the same field.
        var plain = raw.IndexOf((byte)'\\') < 0 ? raw : _decoder.Decode(raw);
        if (_names.TryGet(plain, out var entry))
            return _names.Value(entry);
        var text = Utf8Text.Get(plain);
        var made = Written(Unique(Array.IndexOf(s_required, text) >= 0 ? "original_" + text : text.Replace('.', '_')), text == Message);
        if (_names.Count < Remembered)
            _names.Add(plain.ToArray(), made);
        return made;
    }

    private string Unique(string wanted)
    {
        var unique = wanted;
        for (var number = 2; _taken.Contains(unique); number++)
            unique = FormattableString.Invariant($"{wanted}_{number}");
        if (_names.Count < Remembered)
            _taken.Add(unique);
        return unique;
    }

    private static Name Written(string text, bool isMessage) =>
        new([.. "\""u8, .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\":"u8],
            isMessage);

    /// <summary>A name in the file.</summary>
    /// <param name="Written">With quotes and colon.</param>
    /// <param name="IsMessage">True for the event's own field <c>message</c>.</param>
    public sealed record Name(byte[] Written, bool IsMessage);
}
