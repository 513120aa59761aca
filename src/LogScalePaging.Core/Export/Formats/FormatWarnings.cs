using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

/// <summary>Warnings about what a format cannot show, or what its readers misread. The data is never changed because of them. Those about a
/// file come when it has its name.</summary>
internal static class FormatWarnings
{
    private const int MostNamed = 5;

    /// <summary>Warns about csv column names that a common reader misreads. The names are kept, because they are the server's.</summary>
    internal static void Columns(ExportFormat format, IReadOnlyList<string>? columns, SignalLog signals)
    {
        if (format != ExportFormat.Csv || columns is null)
            return;
        var alike = columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(
            g => $"'{string.Join("', '", g)}'").ToList();
        if (alike.Count > 0)
            signals.WarnLater(SignalKind.AmbiguousColumn,
                $"Columns differ only in case ({string.Join("; ", alike)}). PowerShell's Import-Csv "
                + "cannot read such a file. Keep one of them with -Property (--fields).", alike.Count);
        if (columns.Count > 0 && columns[0].StartsWith("#", StringComparison.Ordinal))
            signals.WarnLater(SignalKind.AmbiguousColumn,
                $"The first column '{columns[0]}' begins with '#', so PowerShell's Import-Csv reads "
                + "the header as a comment. Put another field first with -Property (--fields).");
    }

    /// <summary>Warns about cells that a spreadsheet would run as formulas.</summary>
    internal static void Formulas(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.FormulaLikeCell, FormattableString.Invariant(
                $"{count:N0} cells look like a spreadsheet formula. They were not changed. Import the columns as text."), count);
    }

    /// <summary>Warns about requested fields without a value in any event. They are probably misspelt.</summary>
    internal static void EmptyFields(IReadOnlyList<string>? fields, SignalLog signals)
    {
        if (fields is { Count: > 0 })
            signals.WarnLater(SignalKind.EmptyField, WithoutValue(fields, "Field names are case-sensitive. Compare them"), fields.Count);
    }

    /// <summary>Warns about requested properties of a result in the pipeline. Their names do not distinguish case.</summary>
    public static void EmptyProperties(IReadOnlyList<string> properties, SignalLog signals)
    {
        if (properties.Count > 0)
            signals.Warn(SignalKind.EmptyField, WithoutValue(properties, "Compare the names"), properties.Count);
    }

    /// <summary>Warns about events whose row is only partial. The row is written in any case.</summary>
    internal static void Damaged(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.PartialResult, FormattableString.Invariant(
                $"{count:N0} records are not complete JSON objects. Their rows have the fields that could be read."), count);
    }

    /// <summary>Warns about events that Timesketch leaves out, because they have no time. The row is written in any case.</summary>
    internal static void WithoutTime(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.EmptyField, FormattableString.Invariant(
                $"{count:N0} events have no time. Their datetime is empty, and Timesketch skips them. Use a query whose rows have the time of the event."),
                count);
    }

    /// <summary>Warns about times that cannot be written in ISO 8601. They are written as the server sent them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="signals">The log.</param>
    /// <param name="later">Warn when the file has its name.</param>
    internal static void TimesKept(long count, SignalLog signals, bool later)
    {
        if (count == 0)
            return;
        var message = FormattableString.Invariant(
            $"{count:N0} times are not numbers between the years 1 and 9999, and cannot be converted to ISO 8601. They were not changed.");
        if (later)
            signals.WarnLater(SignalKind.TimeNotConverted, message, count);
        else
            signals.Warn(SignalKind.TimeNotConverted, message, count);
    }

    private static string WithoutValue(IReadOnlyList<string> fields, string advice)
    {
        var names = string.Join(", ", fields.Take(MostNamed).Select(f => $"'{Printable.Line(f)}'"));
        var named = fields.Count == 1 ? $"the field {names}"
            : $"the fields {names}{(fields.Count > MostNamed ? $" and {fields.Count - MostNamed} more" : "")}";
        return $"No record has a value in {named} of -Property (--fields). {advice} with the names in a record.";
    }
}
