using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

internal static class FormulaCells
{
    /// <summary>
    /// Warns about cells that a spreadsheet would run as formulas. They are not changed, because an export must not alter data.
    /// </summary>
    public static void Report(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.FormulaLikeCell, FormattableString.Invariant(
                $"{count:N0} cells look like a spreadsheet formula. They were not changed. Import the columns as text."), count);
    }
}
