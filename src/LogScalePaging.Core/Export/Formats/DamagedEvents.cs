using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

internal static class DamagedEvents
{
    /// <summary>Warns about events whose row is only partial. The row is written in any case.</summary>
    public static void Report(long count, SignalLog signals)
    {
        if (count > 0)
            signals.WarnLater(SignalKind.PartialResult, FormattableString.Invariant(
                $"{count:N0} events are not complete JSON objects. Their rows have the fields that could be read."), count);
    }
}
