using LogScalePaging.Diagnostics;
using LogScalePaging.Json;

namespace LogScalePaging.Records;

/// <summary>Events with bytes that are not valid UTF-8.</summary>
internal static class InvalidText
{
    /// <summary>How many events of a page hold such bytes.</summary>
    public static int Count(IReadOnlyList<Record> events) => events.Count(e => !Utf8Text.IsValid(e.Utf8.Span));

    /// <summary>
    /// Warns about events whose bytes are not valid UTF-8. This is the only case in which an event is not written in the server's own
    /// bytes, because a json file must be UTF-8.
    /// </summary>
    /// <param name="count">How many events have them.</param>
    /// <param name="signals">Receives the warning.</param>
    /// <param name="later">Whether the warning waits until the file has its name.</param>
    public static void Report(long count, SignalLog signals, bool later = false)
    {
        if (count == 0)
            return;
        var events = count == 1 ? "1 record has" : FormattableString.Invariant($"{count:N0} records have");
        var message = $"{events} bytes that are not valid UTF-8. They are replaced by U+FFFD.";
        if (later)
            signals.WarnLater(SignalKind.InvalidUtf8, message, count);
        else
            signals.Warn(SignalKind.InvalidUtf8, message, count);
    }
}
