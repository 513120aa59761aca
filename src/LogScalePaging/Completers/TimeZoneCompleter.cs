using System.Collections;

namespace LogScalePaging;

/// <summary>
/// Time zones by their IANA names, which LogScale uses. They are found by the city too: <c>Berl</c> gives <c>Europe/Berlin</c>.
/// </summary>
public sealed class TimeZoneCompleter : CachedCompleter
{
    private const string Utc = "UTC";

    // For machines without a database of time zones, such as small containers.
    private static readonly string[] s_usual =
    [
        "America/Chicago", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo",
        "Australia/Sydney", "Europe/Berlin", "Europe/London", "Europe/Paris",
    ];

    private protected override IEnumerable<(string Text, string Tip)> Candidates(Session session, string command, IDictionary bound)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            if (NameOf(zone) is { } name)
                found[name] = zone.DisplayName;
        }
        if (found.Count < s_usual.Length)
            found = s_usual.ToDictionary(name => name, name => name);
        var local = NameOf(TimeZoneInfo.Local) ?? Utc;
        yield return (Utc, "Coordinated Universal Time");
        if (local != Utc)
            yield return (local, "the time zone of this machine");
        foreach (var zone in found.Where(zone => zone.Key != Utc && zone.Key != local).OrderBy(zone => zone.Key, StringComparer.Ordinal))
            yield return (zone.Key, zone.Value);
    }

    private protected override bool Fits(string text, string typed) =>
        base.Fits(text, typed) || text.Split('/').Any(part => base.Fits(part, typed));

    // Windows has other names.
    private static string? NameOf(TimeZoneInfo zone)
    {
#if NET
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name))
            return name;
#endif
        return zone.Id == Utc || zone.Id.Contains("/") ? zone.Id : null;
    }
}
