using System.Collections;

namespace LogScalePaging;

/// <summary>Time zones by their IANA names, which LogScale uses. They are found by the city too: <c>Berl</c> gives <c>Europe/Berlin</c>.</summary>
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
        var zones = TimeZoneInfo.GetSystemTimeZones().Select(zone => (Name: NameOf(zone), zone.DisplayName)).Where(zone => zone.Name is not null).ToList();
        var local = NameOf(TimeZoneInfo.Local);
        var first = local is null or Utc ? [(Utc, "Coordinated Universal Time")] : new[] { (Utc, "Coordinated Universal Time"), (local, "the time zone of this machine") };
        var others = zones.Count > 20 ? zones.Select(zone => (zone.Name!, zone.DisplayName)) : s_usual.Select(name => (name, name));
        return first.Concat(others.Where(zone => zone.Item1 != Utc && zone.Item1 != local).OrderBy(zone => zone.Item1, StringComparer.Ordinal)).Distinct();
    }

    private protected override bool Fits(string text, string typed) =>
        base.Fits(text, typed) || text.IndexOf('/' + typed, StringComparison.OrdinalIgnoreCase) >= 0;

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
