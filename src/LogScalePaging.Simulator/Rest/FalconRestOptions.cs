namespace LogScalePaging.Simulator;

/// <summary>Settings of the simulated REST API of Falcon. Most can be changed while it runs, and apply from the next request on.</summary>
public sealed class FalconRestOptions
{
    /// <summary>Number of records of each resource at the start.</summary>
    public int Records { get; set; } = 12_000;

    /// <summary>
    /// Whether the list of child tenants has generated records if the gateway has no tenants. If not, it is then empty.
    /// </summary>
    public bool InventsTenants { get; set; } = true;

    /// <summary>Number of records that totals count but no page lists.</summary>
    public int HiddenRecords { get; set; }

    /// <summary>Endpoints that list records. Read at the start.</summary>
    public IReadOnlyList<RestEndpoint> Endpoints { get; set; } = RestEndpoint.Known;

    /// <summary>Endpoints that return full records. Read at the start.</summary>
    public IReadOnlyList<RestDetailsEndpoint> Details { get; set; } = RestDetailsEndpoint.Known;

    /// <summary>Maximum sum of <c>offset</c> and <c>limit</c> for endpoints with a window.</summary>
    public int Window { get; set; } = 10_000;

    /// <summary>
    /// Whether page tokens have only letters and digits. Off: also a plus sign, a slash and equals signs, as base64 can. PSFalcon sends
    /// tokens without percent-encoding.
    /// </summary>
    public bool PlainTokens { get; set; }

    /// <summary>Lifetime of a page token.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Status of a request with an expired token: 400, 401, 404, or 200 with the error inside.</summary>
    public int ExpiredStatus { get; set; } = 404;

    /// <summary>Digits of <c>expires_at</c>: 10 for seconds, 13 for milliseconds, 19 for nanoseconds; 0 for none.</summary>
    public int ExpiresAtDigits { get; set; } = 19;

    /// <summary>Number of records that are added after each page.</summary>
    public int AddedPerPage { get; set; }

    /// <summary>Number of records, from the start of the list, that are removed after each page.</summary>
    public int RemovedPerPage { get; set; }

    /// <summary>Number of pages after which records are added or removed.</summary>
    public int ChangingPages { get; set; } = int.MaxValue;

    /// <summary>Number of records of each resource, from the start of the list, that were created in the same instant.</summary>
    public int InOneInstant { get; set; }

    /// <summary>Number of records of each resource, from the start of the list, without the fields that have a time.</summary>
    public int WithoutTimes { get; set; }

    /// <summary>Changes of the times of records while pages are read.</summary>
    public IReadOnlyList<RestMove> Moves { get; set; } = [];

    /// <summary>Number of records of each resource, from the start of the list, without details.</summary>
    public int WithoutDetails { get; set; }

    /// <summary>Number of requests for details whose answers lack their first record, although it exists.</summary>
    public int ForgetfulDetails { get; set; }

    /// <summary>The faults of pages.</summary>
    public IReadOnlyList<RestFault> PageFaults { get; set; } = [];
}
