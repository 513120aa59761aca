using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;

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
        var formatter = RowFormatters.For(format, columns);
        return new FramedWriter(new BlockBuffer(stream), formatter, Framing.Of(format, columns), signals);
    }
}
