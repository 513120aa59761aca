using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

internal static class CsvColumns
{
    /// <summary>Warns about column names that a common reader misreads. The names are kept, because they are the server's.</summary>
    public static void Report(ExportFormat format, IReadOnlyList<string>? columns, SignalLog signals)
    {
        if (format != ExportFormat.Csv || columns is null)
            return;
        var alike = columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => $"'{string.Join("', '", g)}'").ToList();
        if (alike.Count > 0)
            signals.WarnLater(SignalKind.AmbiguousColumn, $"Columns differ only in case ({string.Join("; ", alike)}). PowerShell's Import-Csv "
                + "cannot read such a file. Keep one of them with -Property (--fields).", alike.Count);
        if (columns.Count > 0 && columns[0].StartsWith("#", StringComparison.Ordinal))
            signals.WarnLater(SignalKind.AmbiguousColumn, $"The first column '{columns[0]}' begins with '#', so PowerShell's Import-Csv reads "
                + "the header as a comment. Put another field first with -Property (--fields).");
    }
}
