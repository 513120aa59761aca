namespace LogScalePaging.Export.Formats;

/// <summary>The bytes around the rows of a format.</summary>
/// <param name="Head">Before the first row.</param>
/// <param name="Between">Before every other row.</param>
/// <param name="RowEnd">After each row.</param>
/// <param name="Tail">After the last row.</param>
/// <param name="Empty">The whole content of a file without rows.</param>
internal sealed record Framing(byte[] Head, byte[] Between, byte[] RowEnd, byte[] Tail, byte[] Empty)
{
    /// <summary>The mark of UTF-8 at the start of a file. Without it, Excel reads a csv in the code page of the machine.</summary>
    public static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    public static Framing Of(ExportFormat format, IReadOnlyList<string>? columns, bool bom = false) => format switch
    {
        ExportFormat.Json => new("[\n"u8.ToArray(), ",\n"u8.ToArray(), [], "\n]\n"u8.ToArray(), "[]\n"u8.ToArray()),
        ExportFormat.NdJson or ExportFormat.Timesketch => new([], [], "\n"u8.ToArray(), [], []),
        _ => Csv([.. bom ? Bom : [], .. CsvRow.Header(columns ?? [])]),
    };

    private static Framing Csv(byte[] header) => new(header, [], "\r\n"u8.ToArray(), [], header);
}
