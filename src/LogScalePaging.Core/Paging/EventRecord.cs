using System.Text;
using System.Text.Json;

namespace LogScalePaging.Paging;

/// <summary>
/// One event, kept as the UTF-8 bytes that came from the server, with the two fields that paging needs read from them.
/// Nothing is decoded until a sink asks: the bytes go to json and ndjson files as they are, and no number passes through a double.
/// </summary>
/// <param name="utf8">One JSON object on one line: no line break outside or inside.</param>
/// <param name="rawId">The value of <c>@id</c> as it stands in <paramref name="utf8"/>, without its quotes; empty when the event has none.</param>
/// <param name="timestamp">The value of <c>@timestamp</c> in epoch milliseconds; null when the event has none.</param>
/// <param name="ingestTimestamp">The value of <c>@ingesttimestamp</c> in epoch milliseconds; null when the event has none.</param>
public readonly struct EventRecord(ReadOnlyMemory<byte> utf8, ReadOnlyMemory<byte> rawId, long? timestamp, long? ingestTimestamp = null)
{
    /// <summary>The server's own bytes: one JSON object without line breaks.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The bytes of <c>@id</c> between its quotes, JSON escapes included; empty when the event has none.</summary>
    public ReadOnlyMemory<byte> RawId { get; } = rawId;

    /// <summary>Epoch milliseconds of <c>@timestamp</c>, or null when the event has none.</summary>
    public long? Timestamp { get; } = timestamp;

    /// <summary>Epoch milliseconds of <c>@ingesttimestamp</c>, or null: it tells a late arrival from an event that was missed.</summary>
    public long? IngestTimestamp { get; } = ingestTimestamp;

    /// <summary>True when the event has a non-empty <c>@id</c>.</summary>
    public bool HasId => !RawId.IsEmpty;

    /// <summary>The decoded <c>@id</c>, or null. Allocates: call it where an identity is needed, not in a copy loop.</summary>
    public string? Id => RawId.IsEmpty ? null : Decode(RawId.Span);

    /// <summary>The event as text. Allocates.</summary>
    public override string ToString() => Text(Utf8.Span);

    /// <summary>Reads one event from its JSON text, finding <c>@id</c> and <c>@timestamp</c> in it.</summary>
    /// <param name="utf8">One JSON object.</param>
    /// <exception cref="JsonException">The bytes are not one JSON object.</exception>
    public static EventRecord Parse(ReadOnlyMemory<byte> utf8)
    {
        var scan = EventScan.Whole(utf8.Span);
        return new EventRecord(utf8, utf8.Slice(scan.IdStart, scan.IdLength), scan.Timestamp, scan.IngestTimestamp);
    }

    internal static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
            return Text(raw);
        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    private static string Text(ReadOnlySpan<byte> utf8)
    {
#if NETSTANDARD2_0
        return Encoding.UTF8.GetString(utf8.ToArray());
#else
        return Encoding.UTF8.GetString(utf8);
#endif
    }
}
