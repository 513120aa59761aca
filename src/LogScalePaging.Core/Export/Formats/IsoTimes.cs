using System.Text;
using System.Text.Json;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>
/// Writes the times of records, which the server sends as numbers, in ISO 8601. A value that is not a number in the range of the calendar
/// stays as it is, and so does everything else. For use on one thread.
/// </summary>
internal sealed class IsoTimes
{
    private readonly RecordSchema _schema;
    private readonly byte[] _time;
    private readonly byte[] _ingest;
    private readonly JsonDecoder _decoder = new();
    private readonly RowBuffer _row = new();

    private IsoTimes(RecordSchema schema) => (_schema, _time, _ingest) = (schema, Utf8(schema.TimeField), Utf8(schema.IngestField));

    /// <summary>Values so far that stay as the server sent them.</summary>
    public long Kept { get; private set; }

    /// <summary>
    /// Those of them that are texts like the times that are written here. A reader cannot tell them apart, although they are no times of
    /// the
    /// engine.
    /// </summary>
    public long AsText { get; private set; }

    /// <summary>The writer; null if the times stay as they are sent, which ISO 8601 is already for some systems.</summary>
    /// <param name="schema">What the records look like.</param>
    /// <param name="format">The requested format.</param>
    public static IsoTimes? For(RecordSchema? schema, TimestampFormat format) =>
        format == TimestampFormat.Iso && schema is { TimeUnit: not TimeUnit.Iso8601, TimeField: not null } ? new IsoTimes(schema) : null;

    /// <summary>The record with its times in ISO 8601. The bytes are valid until the next call.</summary>
    /// <param name="json">One JSON object.</param>
    public ReadOnlySpan<byte> Rewrite(ReadOnlySpan<byte> json)
    {
        _row.Clear();
        var copied = 0;
        var fields = new EventFields(json);
        try
        {
            while (fields.MoveNext())
            {
                if (!IsTime(fields.Name, out var isIngest))
                    continue;
                var value = fields.Value;
                if (RecordTime.Utc(RecordTime.Integer(value), _schema.TimeUnit) is not { } iso)
                {
                    Keep(value, isIngest);
                    continue;
                }
                _row.Add(json.Slice(copied, fields.ValueStart - copied));
                _row.Add((byte)'"');
                _row.Add(Encoding.ASCII.GetBytes(iso));
                _row.Add((byte)'"');
                copied = fields.ValueStart + value.Length;
            }
        }
        catch (JsonException)
        {
            // The rest of a damaged record stays as it is.
        }
        if (copied == 0)
            return json;
        _row.Add(json.Slice(copied));
        return _row.Written;
    }

    /// <summary>Warns once about the values that stay as they are.</summary>
    /// <param name="signals">The log.</param>
    /// <param name="later">Warn when the file has its name.</param>
    public void Report(SignalLog signals, bool later) => FormatWarnings.TimesKept(Kept, signals, later);

    private bool IsTime(ReadOnlySpan<byte> name, out bool isIngest)
    {
        if (name.IndexOf((byte)'\\') >= 0)
            name = _decoder.Decode(name);
        isIngest = _ingest.Length > 0 && name.SequenceEqual(_ingest);
        return isIngest || name.SequenceEqual(_time);
    }

    private void Keep(ReadOnlySpan<byte> value, bool isIngest)
    {
        // A missing value is not a time, and needs no warning.
        if (value[0] == (byte)'n')
            return;
        Kept++;
        if (!isIngest && RecordTime.OfWritten(value, _schema.TimeUnit) is not null)
            AsText++;
    }

    private static byte[] Utf8(string? name) => name is null ? [] : Encoding.UTF8.GetBytes(name);
}
