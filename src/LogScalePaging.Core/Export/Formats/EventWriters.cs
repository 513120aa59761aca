using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Files;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>Creates the writers of the formats.</summary>
public static class EventWriters
{
    /// <summary>Creates a writer.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stream">The stream to write to. It is flushed at the end and left open.</param>
    /// <param name="columns">The fields to keep, in this order. Required for csv; null keeps json and ndjson events as they are.</param>
    /// <param name="signals">Receives warnings for readers of the file at the end; may be null.</param>
    public static IEventWriter Create(ExportFormat format, Stream stream, IReadOnlyList<string>? columns, SignalLog? signals)
    {
        return Create(format, stream, columns, filter: null, signals);
    }

    /// <summary>Creates a writer of the fields that a filter keeps.</summary>
    /// <param name="format">The format. For csv, the filter must not be open, because the columns are known only at the end.</param>
    /// <param name="stream">The stream to write to. It is flushed at the end and left open.</param>
    /// <param name="filter">The filter; null keeps events as they are.</param>
    /// <param name="signals">Receives warnings for readers of the file at the end; may be null.</param>
    /// <param name="schema">What the records look like. Required for Timesketch.</param>
    /// <param name="bom">Begin a csv with a byte order mark.</param>
    /// <param name="times">How the times of records are written.</param>
    public static IEventWriter CreateFiltered(
        ExportFormat format, Stream stream, FieldFilter? filter, SignalLog? signals, RecordSchema? schema = null, bool bom = false,
        TimestampFormat times = TimestampFormat.AsSent) =>
        filter is { IsOpen: false }
            ? Create(format, stream, filter.Names, filter: null, signals, schema, bom, times)
            : Create(format, stream, null, filter, signals, schema, bom, times);

    private static FramedWriter Create(ExportFormat format, Stream stream, IReadOnlyList<string>? columns, FieldFilter? filter,
        SignalLog? signals,
        RecordSchema? schema = null, bool bom = false, TimestampFormat times = TimestampFormat.AsSent) =>
        new(new BlockBuffer(stream), RowFormatters.For(format, columns, filter, schema, IsoTimes.For(schema, times)),
            Framing.Of(format, columns, bom), signals);
}
