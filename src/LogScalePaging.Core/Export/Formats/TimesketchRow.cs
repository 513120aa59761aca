using System.Text;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// A line of Timesketch's JSONL import: <c>message</c>, <c>datetime</c> and <c>timestamp_desc</c>, which it requires, and then the event's
/// own
/// fields with their values in the server's own bytes.
/// </summary>
/// <param name="own">Chooses the event's own fields.</param>
/// <param name="schema">What the records look like.</param>
internal sealed class TimesketchRow(IRowFormatter own, RecordSchema schema) : IRowFormatter
{
    // The field that describes an event best; the first one that has text is used.
    private static readonly byte[][] s_messages =
    [
        .. new[] { "message", "@rawstring", "description", "display_name", "name", "hostname", "#event_simpleName" }.Select(
            Encoding.UTF8.GetBytes),
    ];

    private readonly RecordParser _parser = new(schema);
    private readonly TimesketchNames _names = new(schema);
    private readonly byte[] _description = Text(schema.TimeField ?? "");
    private readonly byte[] _noMessage = Text(schema.Noun);
    private readonly RowBuffer _row = new();
    private long _withoutTime;
    private long _damaged;

    public IReadOnlyList<string> EmptyColumns => own.EmptyColumns;

    public ReadOnlySpan<byte> Format(ReadOnlySpan<byte> utf8Event)
    {
        _row.Clear();
        _row.Add("{\"message\":"u8);
        var (message, isOwn) = Message(utf8Event);
        _row.Add(message.Length == 0 ? _noMessage : message);
        _row.Add(",\"datetime\":\""u8);
        _row.Add(Time(utf8Event));
        _row.Add("\",\"timestamp_desc\":"u8);
        _row.Add(_description);
        AddFields(own.Format(utf8Event), skipsMessage: isOwn);
        _row.Add((byte)'}');
        return _row.Written;
    }

    public void Report(SignalLog signals)
    {
        own.Report(signals);
        FormatWarnings.Damaged(_damaged, signals);
        FormatWarnings.WithoutTime(_withoutTime, signals);
    }

    private void AddFields(ReadOnlySpan<byte> json, bool skipsMessage)
    {
        var fields = new EventFields(json);
        try
        {
            while (fields.MoveNext())
            {
                var name = _names.Find(fields.Name);
                if (skipsMessage && name.IsMessage)
                    continue;
                _row.Add((byte)',');
                _row.Add(name.Written);
                _row.Add(fields.Value);
            }
        }
        catch (JsonException)
        {
            // A damaged event is still a row, with the fields that could be read.
            _damaged++;
        }
    }

    // Timesketch skips a line with an empty datetime, and refuses the whole file if one line has none.
    private byte[] Time(ReadOnlySpan<byte> utf8Event)
    {
        try
        {
            if (RecordTime.Utc(_parser.Scan(utf8Event).Timestamp, schema.TimeUnit) is { } utc)
                return Encoding.ASCII.GetBytes(utc.TrimEnd('Z') + "+00:00");
        }
        catch (JsonException)
        {
        }
        _withoutTime++;
        return [];
    }

    private static (byte[] Value, bool IsOwn) Message(ReadOnlySpan<byte> utf8Event)
    {
        var fields = new EventFields(utf8Event);
        var best = s_messages.Length;
        byte[] value = [];
        try
        {
            while (fields.MoveNext())
            {
                // The last value of a repeated name is used, as in most JSON readers.
                var rank = Rank(fields.Name);
                if (rank < 0 || rank > best || fields.Value.Length <= 2 || fields.Value[0] != (byte)'"')
                    continue;
                (best, value) = (rank, fields.Value.ToArray());
            }
        }
        catch (JsonException)
        {
        }
        return (value, best == 0);
    }

    private static int Rank(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < s_messages.Length; i++)
        {
            if (name.SequenceEqual(s_messages[i]))
                return i;
        }
        return -1;
    }

    private static byte[] Text(string text) => [.. "\""u8, .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, .. "\""u8];
}
