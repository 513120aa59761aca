using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

internal static class FormulaCells
{
    /// <summary>Names cells that a spreadsheet would run. They are kept as they are: a proof of completeness must not alter data.</summary>
    public static void Report(long count, SignalLog signals)
    {
        if (count > 0)
            signals.Warn(SignalKind.FormulaLikeCell, FormattableString.Invariant(
                $"{count:N0} cells look like a spreadsheet formula. They were not changed. Import the columns as text."), count);
    }
}
