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
    public static void Report(long count, SignalLog signals)
    {
        if (count == 0)
            return;
        var events = count == 1 ? "1 record has" : FormattableString.Invariant($"{count:N0} records have");
        signals.Warn(SignalKind.InvalidUtf8, $"{events} bytes that are not valid UTF-8. They are replaced by U+FFFD.", count);
    }
}
