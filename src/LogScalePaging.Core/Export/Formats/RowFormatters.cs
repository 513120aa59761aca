using LogScalePaging.Export.Fields;

namespace LogScalePaging.Export.Formats;

internal static class RowFormatters
{
    public static IRowFormatter For(ExportFormat format, IReadOnlyList<string>? columns, FieldFilter? filter = null) => format switch
    {
        ExportFormat.Csv => new CsvRow(columns
            ?? throw new ArgumentNullException(nameof(columns), "The columns of a csv must be known before its first row.")),
        _ when columns is not null => new ProjectedRow(columns),
        _ when filter is not null => new PatternRow(filter),
        _ => new RawRow(),
    };
}
