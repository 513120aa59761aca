namespace LogScalePaging.Simulator;

/// <summary>Settings of the simulated REST API of Falcon. Most may be changed while it runs and hold from the next request on.</summary>
public sealed class FalconRestOptions
{
    /// <summary>How many records each resource has at the start.</summary>
    public int Records { get; set; } = 12_000;

    /// <summary>Records that the totals count and no page lists.</summary>
    public int HiddenRecords { get; set; }

    /// <summary>Endpoints that list records. Read at the start.</summary>
    public IReadOnlyList<RestEndpoint> Endpoints { get; set; } = RestEndpoint.Known;

    /// <summary>Endpoints that give whole records. Read at the start.</summary>
    public IReadOnlyList<RestDetailsEndpoint> Details { get; set; } = RestDetailsEndpoint.Known;

    /// <summary>What <c>offset</c> and <c>limit</c> may be together where there is a window.</summary>
    public int Window { get; set; } = 10_000;

    /// <summary>
    /// Whether tokens have letters alone. Off: a plus sign, a slash and equals signs too, as base64 has. PSFalcon sends tokens as they are,
    /// without percent-encoding.
    /// </summary>
    public bool PlainTokens { get; set; }

    /// <summary>How long a page token lives.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Status of a request with a token that expired: 400, 401, 404, or 200 with the error inside.</summary>
    public int ExpiredStatus { get; set; } = 404;

    /// <summary>Digits of <c>expires_at</c>: 10 for seconds, 13 for milliseconds, 19 for nanoseconds; 0 for none.</summary>
    public int ExpiresAtDigits { get; set; } = 19;

    /// <summary>Records that are added behind each page.</summary>
    public int AddedPerPage { get; set; }

    /// <summary>Records, those listed first, that go behind each page.</summary>
    public int RemovedPerPage { get; set; }

    /// <summary>How many pages records are added or go behind.</summary>
    public int ChangingPages { get; set; } = int.MaxValue;

    /// <summary>Records of each resource, those listed first, that have no details.</summary>
    public int WithoutDetails { get; set; }

    /// <summary>Requests for details that leave out their first record, though it is there.</summary>
    public int ForgetfulDetails { get; set; }

    /// <summary>What is wrong with which pages.</summary>
    public IReadOnlyList<RestFault> PageFaults { get; set; } = [];
}
