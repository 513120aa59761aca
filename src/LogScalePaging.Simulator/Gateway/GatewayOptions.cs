namespace LogScalePaging.Simulator;

/// <summary>Settings of a simulated Falcon gateway. Most may be changed while it runs and hold from the next request on.</summary>
public sealed class GatewayOptions
{
    public string ClientId { get; set; } = "simulator-client";

    public string ClientSecret { get; set; } = "simulator-client-secret";

    /// <summary>Child tenants that the client may act for, in lower case and without checksum.</summary>
    public IReadOnlyList<string> MemberCids { get; set; } = [];

    /// <summary>How long a token lives; told in whole seconds.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(1799);

    /// <summary>What the client may do. Without <c>ngsiem:read</c> or <c>ngsiem:write</c> the calls that need it answer 403.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = ["ngsiem:read", "ngsiem:write"];

    /// <summary>Names of repositories and views; all show the same events.</summary>
    public IReadOnlyList<string> Repositories { get; set; } = ["search-all", "investigate_view", "third-party", "falcon_for_it_view", "forensics_view"];

    /// <summary>Status of a sign-in with a wrong id, secret or tenant. Sources name 400, 401 and 403.</summary>
    public int SignInRefusal { get; set; } = 403;

    /// <summary>
    /// The cloud that listens at <see cref="LogScaleSimulator.BaseUrl"/>. The default is the name of none: CrowdStrike's own clients go to the
    /// real address of a cloud that they know by the name in <c>X-Cs-Region</c>, wherever they signed in.
    /// </summary>
    public string Region { get; set; } = "simulator";

    /// <summary>The cloud where the account lives, when it is another: it listens at <see cref="LogScaleSimulator.HomeUrl"/>. Read at the start.</summary>
    public string? HomeRegion { get; set; }

    /// <summary>Whether a sign-in at another cloud is sent home by a 308. Off: it is answered with a token that is good at home, and the name of that cloud.</summary>
    public bool HomeBy308 { get; set; } = true;

    /// <summary>Requests a second above which 429 is answered; 0 for no limit.</summary>
    public int RateLimitPerSecond { get; set; }

    /// <summary>The same by the minute; counts only while there is no limit by the second.</summary>
    public int RateLimitPerMinute { get; set; }

    /// <summary>The token endpoint's own limit by the minute.</summary>
    public int TokenRateLimitPerMinute { get; set; } = 300;

    public RetryAfterForm RetryAfter { get; set; }
}
