using LogScalePaging.Paging;

namespace LogScalePaging.Export;

internal static class InvalidText
{
    /// <summary>
    /// Names events whose bytes are not valid UTF-8. The one case in which an event is not written in the server's own bytes: a json
    /// file must be UTF-8.
    /// </summary>
    public static void Report(long count, SignalLog signals)
    {
        if (count == 0)
            return;
        var events = count == 1 ? "1 event has" : FormattableString.Invariant($"{count:N0} events have");
        signals.Warn(SignalKind.InvalidUtf8, $"{events} bytes that are not valid UTF-8. They were written as U+FFFD.", count);
    }
}
