using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;

namespace LogScalePaging.Export.Formats;

/// <summary>Makes the writers of the formats.</summary>
public static class EventWriters
{
    /// <summary>Makes a writer.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stream">Where to; it is flushed at the end and left open.</param>
    /// <param name="columns">The fields to keep, in this order. Required for csv; null keeps json and ndjson events as they are.</param>
    /// <param name="signals">Told at the end of what a reader of the file must know; may be null.</param>
    public static IEventWriter Create(ExportFormat format, Stream stream, IReadOnlyList<string>? columns, SignalLog? signals)
    {
        var formatter = RowFormatters.For(format, columns);
        return new FramedWriter(new BlockBuffer(stream), formatter, Framing.Of(format, columns), signals);
    }
}
