using System.Collections;

namespace LogScalePaging;

/// <summary>Common starts and ends of a range.</summary>
public sealed class TimeCompleter : CachedCompleter
{
    private static readonly (string, string)[] s_times =
    [
        ("15m", "15 minutes ago"),
        ("1h", "an hour ago"),
        ("24h", "a day ago"),
        ("7d", "a week ago"),
        ("30d", "30 days ago"),
        ("now", "now, by the server's clock"),
    ];

    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound) =>
        s_times;
}
