namespace LogScalePaging.Falcon.Rest.Endpoints;

/// <summary>The table of families. A new family is a new entry in it, without other code.</summary>
internal static class FalconFamilies
{
    private const int UsualWindow = 10_000;

    private static readonly FalconDetails s_hosts = new("/devices/entities/devices/v2", IsPost: true, "ids", 5_000, "device_id");
    private static readonly FalconDetails s_alerts = new("/alerts/entities/alerts/v2", IsPost: true, "composite_ids", 1_000,
        "composite_id");
    private static readonly FalconDetails s_vulnerabilities = new("/spotlight/entities/vulnerabilities/v2", IsPost: false, "ids", 400,
        "id");
    private static readonly FalconDetails s_indicators = new("/iocs/entities/indicators/v1", IsPost: false, "ids", 100, "id");

    private static readonly FalconDetails s_children = new("/mssp/entities/children/GET/v2", IsPost: true, "ids", 100, "child_cid");

    private static readonly string[] s_hostTimes = ["first_seen", "last_seen", "modified_timestamp", "last_login_timestamp"];
    private static readonly string[] s_alertTimes = ["created_timestamp", "timestamp", "updated_timestamp", "crawled_timestamp"];
    private static readonly string[] s_vulnerabilityTimes = ["created_timestamp", "updated_timestamp", "closed_timestamp"];
    private static readonly string[] s_indicatorTimes = ["created_on", "modified_on", "expiration"];

    /// <summary>All families. Those with an exact path are first.</summary>
    public static IReadOnlyList<FalconFamily> All { get; } =
    [
        new("hosts by offset", "/devices/queries/devices/v1")
        {
            TimeFields = s_hostTimes,
            Continuation = Continuation.Offset, MaxPage = 5_000, Window = UsualWindow,
            TokenFamily = "/devices/queries/devices-scroll/v1", Details = s_hosts,
        },
        new("hosts by scroll", "/devices/queries/devices-scroll/v1")
        {
            TimeFields = s_hostTimes,
            Continuation = Continuation.Scroll, MaxPage = 10_000, TokenLife = TimeSpan.FromMinutes(2), Details = s_hosts,
        },
        new("hosts", "/devices/combined/devices/v1")
        {
            TimeFields = s_hostTimes,
            Continuation = Continuation.Next, MaxPage = 10_000, IdentityField = "device_id",
        },
        new("host group members", "/devices/combined/host-group-members/v1")
        {
            TimeFields = s_hostTimes,
            Continuation = Continuation.Offset, MaxPage = 5_000, Window = UsualWindow, IdentityField = "device_id",
            Keys = ["device_id", "first_seen"],
        },
        new("alerts by offset", "/alerts/queries/alerts/v2")
        {
            TimeFields = s_alertTimes,
            Continuation = Continuation.Offset, MaxPage = 10_000, Window = UsualWindow, SortSeparator = '|',
            TokenFamily = "/alerts/combined/alerts/v1", Details = s_alerts,
        },
        new("alerts", "/alerts/combined/alerts/v1")
        {
            TimeFields = s_alertTimes,
            // Other fields may change while the pages are read. A record would then move between pages.
            IsPost = true, Continuation = Continuation.After, MaxPage = 1_000, IdentityField = "composite_id",
            TimeField = "created_timestamp",
            Sort = "created_timestamp|asc", SortSeparator = '|',
        },
        new("vulnerabilities", "/spotlight/combined/vulnerabilities/v1")
        {
            TimeFields = s_vulnerabilityTimes,
            Continuation = Continuation.After, MaxPage = 5_000, IdentityField = "id", TimeField = "created_timestamp",
            NeedsFilter = true, SortSeparator = '|',
        },
        new("vulnerability ids", "/spotlight/queries/vulnerabilities/v1")
        {
            TimeFields = s_vulnerabilityTimes,
            Continuation = Continuation.After, MaxPage = 400, NeedsFilter = true, SortSeparator = '|', Details = s_vulnerabilities,
        },
        new("indicators", "/iocs/combined/indicator/v1")
        {
            TimeFields = s_indicatorTimes,
            Continuation = Continuation.After, TakesOffset = true, MaxPage = 2_000, Window = UsualWindow, IdentityField = "id",
            TimeField = "created_on",
        },
        new("indicator ids", "/iocs/queries/indicators/v1")
        {
            TimeFields = s_indicatorTimes,
            Continuation = Continuation.After, TakesOffset = true, MaxPage = 2_000, Window = UsualWindow, Details = s_indicators,
        },
        new("indicators of attack", "/detects/entities/ioa/v1")
        {
            Continuation = Continuation.NextToken, MaxPage = 1_000, IdentityField = "event_id",
            ItemsPaths = ["resources.events", "resources"],
        },
        new("graph edges", "/threatgraph/combined/edges/v1")
        {
            Continuation = Continuation.Scroll, MaxPage = 100, IdentityField = "id", HasTotal = false,
        },
        // The sort order is the time of the last change. No order is stable while tenants change, so the count decides.
        new("child tenants", FalconFamily.Children)
        {
            Continuation = Continuation.Offset, MaxPage = 5_000, DefaultPage = 10, Window = UsualWindow, SortSeparator = '|',
            Details = s_children,
        },
        // Most of these have at most 500 records per page, and the same window.
        new("ids", "/*/queries/*/*") { MaxPage = 500, Window = UsualWindow },
    ];

    /// <summary>The family of an endpoint.</summary>
    /// <param name="path">Path without a query string.</param>
    /// <returns>A family without a continuation if the endpoint is not in the table.</returns>
    public static FalconFamily Of(string path) =>
        All.FirstOrDefault(family => Matches(family.Path, path))
        ?? new FalconFamily("records", path) { MaxPage = 10_000, Window = UsualWindow, IdentityField = "id" };

    private static bool Matches(string pattern, string path)
    {
        var (wanted, parts) = (pattern.Split('/'), path.TrimEnd('/').Split('/'));
        return wanted.Length == parts.Length && !wanted.Where((part, i) => part != "*" && part != parts[i]).Any();
    }
}
