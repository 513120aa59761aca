using LogScalePaging.Diagnostics;

namespace LogScalePaging.Export.Formats;

internal static class DamagedEvents
{
    /// <summary>Names events of which a row could be made only in part. The row is there in any case.</summary>
    public static void Report(long count, SignalLog signals)
    {
        if (count > 0)
            signals.Warn(SignalKind.PartialResult, FormattableString.Invariant(
                $"{count:N0} events are not complete JSON objects. Their rows have the fields that could be read."), count);
    }
}
