using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Files;
using LogScalePaging.Json;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

/// <summary>Writes rows with the framing of their format.</summary>
internal sealed class FramedWriter(BlockBuffer output, IRowFormatter formatter, Framing framing, SignalLog? signals) : IEventWriter
{
    private long _invalid;

    public long Rows { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public long Size => output.Length;

    public void Write(in Record record) => WriteEvent(record.Utf8.Span);

    public void Write(ReadOnlySpan<byte> utf8Event)
    {
        if (LineBreaks.AreIn(utf8Event))
        {
            var line = utf8Event.ToArray();
            LineBreaks.Blank(line);
            utf8Event = line;
        }
        WriteEvent(utf8Event);
    }

    private void WriteEvent(ReadOnlySpan<byte> utf8Event)
    {
        if (!Utf8Text.IsValid(utf8Event))
        {
            _invalid++;
            utf8Event = Utf8Text.Mended(utf8Event);
        }
        WriteRow(formatter.Format(utf8Event));
    }

    /// <summary>Size of the finished file if a row of this length was its next and last row.</summary>
    public long SizeWith(int rowLength) =>
        output.Length + (Rows == 0 ? framing.Head.Length : framing.Between.Length) + rowLength + framing.RowEnd.Length
            + framing.Tail.Length;

    /// <summary>Writes a formatted row.</summary>
    public void WriteRow(ReadOnlySpan<byte> row)
    {
        output.Write(Rows == 0 ? framing.Head : framing.Between);
        output.Write(row);
        output.Write(framing.RowEnd);
        Rows++;
    }

    /// <summary>
    /// Writes rows that already have the exact bytes of the format, with their line ends. Only for a format without head and separators.
    /// </summary>
    public void WriteBlock(ReadOnlySpan<byte> block, long rows)
    {
        output.Write(block);
        Rows += rows;
    }

    public void Flush() => output.Flush();

    public void Finish()
    {
        output.Write(Rows == 0 ? framing.Empty : framing.Tail);
        output.Flush();
        if (signals is null)
            return;
        formatter.Report(signals);
        InvalidText.Report(_invalid, signals);
        signals.EmitLater();
    }

    public void Dispose() => output.Release();
}
