using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>
/// One record, as the UTF-8 bytes of the server, with the fields that paging needs. Nothing is decoded until a sink needs it: json and
/// ndjson files get the bytes unchanged, and no number is converted to a double.
/// </summary>
public readonly struct Record
{
    // Pages have thousands of these, so they are small.
    private const long None = long.MinValue;
    private readonly int _idStart;
    private readonly int _idLength;
    private readonly long _timestamp;
    private readonly long _ingestTimestamp;

    /// <param name="utf8">One JSON object on one line, without line breaks.</param>
    /// <param name="start">Position of the object when it was scanned.</param>
    /// <param name="scan">The result of the scan.</param>
    internal Record(ReadOnlyMemory<byte> utf8, int start, in RecordScan scan)
    {
        Utf8 = utf8;
        (_idStart, _idLength) = scan.IdLength == 0 ? (0, 0) : (scan.IdStart - start, scan.IdLength);
        (_timestamp, _ingestTimestamp) = (scan.Timestamp ?? None, scan.IngestTimestamp ?? None);
    }

    private Record(ReadOnlyMemory<byte> utf8, in Record other)
    {
        this = other;
        Utf8 = utf8;
    }

    /// <summary>The server's own bytes: one JSON object without line breaks.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The bytes of the identity between its quotes, JSON escapes included; empty when the record has none.</summary>
    public ReadOnlyMemory<byte> RawId => Utf8.Slice(_idStart, _idLength);

    /// <summary>
    /// The time of the record since 1970 UTC; null if it has none. In milliseconds, or nanoseconds if the schema's <see cref="TimeUnit"/>
    /// is finer.
    /// </summary>
    public long? Timestamp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _timestamp == None ? null : _timestamp;
    }

    /// <summary>
    /// When the system received the record, in the same unit; null if it is not known. It distinguishes a late arrival from a record that
    /// was missed.
    /// </summary>
    public long? IngestTimestamp
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _ingestTimestamp == None ? null : _ingestTimestamp;
    }

    /// <summary>True when the record has a non-empty identity.</summary>
    public bool HasId => _idLength > 0;

    /// <summary>
    /// The decoded identity; null if there is none. U+FFFD replaces invalid Unicode. It allocates: do not call it in a copy loop.
    /// </summary>
    public string? Id => HasId ? Decode(RawId.Span) : null;

    /// <summary>True if the record has an identity that the server would recognise.</summary>
    public bool CanBeNamed => HasId && IsWhole(Id!);

    /// <summary>The same record over a copy of its bytes.</summary>
    internal Record Over(ReadOnlyMemory<byte> copy) => new(copy, in this);

    /// <summary>The record as text. Allocates.</summary>
    public override string ToString() => Text(Utf8.Span);

    /// <summary>Reads one record from its JSON text.</summary>
    /// <param name="utf8">One JSON object; line breaks between its tokens become spaces, in a copy.</param>
    /// <param name="names">The fields that matter.</param>
    /// <exception cref="JsonException">The bytes are not one JSON object.</exception>
    internal static Record Parse<TNames>(ReadOnlyMemory<byte> utf8, TNames names)
        where TNames : struct, IFieldNames
    {
        var scan = RecordScan.Whole(utf8.Span, names);
        if (!scan.MayHoldLineBreaks || !LineBreaks.AreIn(utf8.Span))
            return new Record(utf8, 0, scan);
        var line = utf8.ToArray();
        LineBreaks.Blank(line);
        return new Record(line, 0, scan);
    }

    internal static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
            return Text(raw);
        return new JsonDecoder().DecodeToString(raw);
    }

    private static bool IsWhole(string id) => id.IndexOf('\uFFFD') < 0;

    private static string Text(ReadOnlySpan<byte> utf8) => Utf8Text.Get(utf8);
}
