namespace LogScalePaging.Simulator;

/// <summary>Settings of a simulated Falcon gateway. Most can be changed while it runs, and apply from the next request on.</summary>
public sealed class GatewayOptions
{
    /// <summary>A client id in the form of real ones, which PSFalcon requires: 32 hexadecimal digits.</summary>
    public const string RealisticClientId = "51a0c1d2e3f405162738495a6b7c8d9e";

    /// <summary>A client secret in the form of real ones, which PSFalcon requires: 40 letters and digits.</summary>
    public const string RealisticClientSecret = "simulatorSecret0123456789simulatorSecret";

    public string ClientId { get; set; } = "simulator-client";

    public string ClientSecret { get; set; } = "simulator-client-secret";

    /// <summary>Child tenants that the client may search, in lower case and without checksum.</summary>
    public IReadOnlyList<string> MemberCids { get; set; } = [];

    /// <summary>
    /// Child tenants, each with separate data, which Flight Control lists. A token for one of them reaches nothing else. Read at the start.
    /// </summary>
    public IReadOnlyList<GatewayTenant> Tenants { get; set; } = [];

    /// <summary>How a token says which tenant it is for.</summary>
    public TokenTenantForm TenantOfToken { get; set; }

    /// <summary>
    /// Tenants whose sign-in is answered with a token for another tenant, by their CID. The value is the CID of that other tenant; empty
    /// for
    /// the client's own.
    /// </summary>
    public IReadOnlyDictionary<string, string> MisdirectedTokens { get; set; } = new Dictionary<string, string>();

    /// <summary>Lifetime of a token, sent in whole seconds.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(1799);

    /// <summary>Scopes of the client. Without <c>ngsiem:read</c> or <c>ngsiem:write</c>, the calls that need it answer 403.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = ["ngsiem:read", "ngsiem:write"];

    /// <summary>Names of repositories and views. All have the same events.</summary>
    public IReadOnlyList<string> Repositories { get; set; } = ["search-all", "investigate_view", "third-party", "falcon_for_it_view",
        "forensics_view"];

    /// <summary>Status of a sign-in with a wrong id, secret or tenant. Sources name 400, 401 and 403.</summary>
    public int SignInRefusal { get; set; } = 403;

    /// <summary>
    /// The cloud that listens at <see cref="LogScaleSimulator.BaseUrl"/>. The default does not exist, because CrowdStrike's own clients
    /// send their requests to the real address of a known cloud in <c>X-Cs-Region</c>.
    /// </summary>
    public string Region { get; set; } = "simulator";

    /// <summary>
    /// The account's cloud, if it is another one. It listens at <see cref="LogScaleSimulator.HomeUrl"/>. Read at the start.
    /// </summary>
    public string? HomeRegion { get; set; }

    /// <summary>
    /// Whether a sign-in at another cloud is redirected to the account's cloud with 308. If not, the answer is a token that is valid
    /// there, and the name of that cloud.
    /// </summary>
    public bool HomeBy308 { get; set; } = true;

    /// <summary>Requests per second before 429 is answered; 0 for no limit.</summary>
    public int RateLimitPerSecond { get; set; }

    /// <summary>The same per minute. Used only if there is no limit per second.</summary>
    public int RateLimitPerMinute { get; set; }

    /// <summary>The token endpoint's own limit per minute.</summary>
    public int TokenRateLimitPerMinute { get; set; } = 300;

    public RetryAfterForm RetryAfter { get; set; }
}
