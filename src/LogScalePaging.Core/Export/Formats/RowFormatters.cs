using LogScalePaging.Export.Fields;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Formats;

internal static class RowFormatters
{
    public static IRowFormatter For(ExportFormat format, IReadOnlyList<string>? columns, FieldFilter? filter = null, RecordSchema? schema = null) =>
        format switch
        {
            ExportFormat.Csv => new CsvRow(columns
                ?? throw new ArgumentNullException(nameof(columns), "The columns of a csv must be known before its first row.")),
            ExportFormat.Timesketch => new TimesketchRow(For(ExportFormat.NdJson, columns, filter), schema
                ?? throw new ArgumentNullException(nameof(schema), "The time field of the records must be known.")),
            _ when columns is not null => new ProjectedRow(columns),
            _ when filter is not null => new PatternRow(filter),
            _ => new RawRow(),
        };
}
