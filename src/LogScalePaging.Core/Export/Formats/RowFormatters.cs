using LogScalePaging.Export.Fields;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

internal static class RowFormatters
{
    /// <param name="format">The format.</param>
    /// <param name="columns">The fields of the rows; null if they are not known before the first row.</param>
    /// <param name="filter">The filter; null keeps events as they are.</param>
    /// <param name="schema">What the records look like. Required for Timesketch.</param>
    /// <param name="times">Writes the times in ISO 8601; null keeps them.</param>
    public static IRowFormatter For(
        ExportFormat format, IReadOnlyList<string>? columns, FieldFilter? filter = null, RecordSchema? schema = null,
        IsoTimes? times = null)
    {
        // Timesketch's own time is read from the time as the server sent it.
        if (times is not null && format != ExportFormat.Timesketch)
            return new IsoTimeRow(For(format, columns, filter, schema), times);
        return format switch
        {
            ExportFormat.Csv => new CsvRow(columns
                ?? throw new ArgumentNullException(nameof(columns), "The columns of a csv must be known before its first row.")),
            ExportFormat.Timesketch => new TimesketchRow(For(ExportFormat.NdJson, columns, filter, schema, times), schema
                ?? throw new ArgumentNullException(nameof(schema), "The time field of the records must be known.")),
            _ when columns is not null => new ProjectedRow(columns),
            _ when filter is not null => new PatternRow(filter),
            _ => new RawRow(),
        };
    }
}
