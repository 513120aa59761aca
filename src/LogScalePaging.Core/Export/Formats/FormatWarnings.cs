using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>Warnings about what a format cannot show, or what its readers misread. The data is never changed because of them.</summary>
internal static class FormatWarnings
{
    /// <summary>Warns about csv column names that a common reader misreads. The names are kept, because they are the server's.</summary>
    public static void Columns(ExportFormat format, IReadOnlyList<string>? columns, SignalLog signals)
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

    /// <summary>Warns about cells that a spreadsheet would run as formulas.</summary>
    public static void Formulas(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.FormulaLikeCell, FormattableString.Invariant(
                $"{count:N0} cells look like a spreadsheet formula. They were not changed. Import the columns as text."), count);
    }

    /// <summary>Warns about events whose row is only partial. The row is written in any case.</summary>
    public static void Damaged(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.PartialResult, FormattableString.Invariant(
                $"{count:N0} events are not complete JSON objects. Their rows have the fields that could be read."), count);
    }
}
