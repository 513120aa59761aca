using System.Globalization;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Gateway;

/// <summary>
/// Simulates the Falcon gateway in front of NG-SIEM: signs in, checks tokens and scopes, limits the rate, and adds its headers to every
/// answer. There is one for all clouds of a simulator.
/// </summary>
internal sealed class FalconGateway
{
    /// <summary>The path before the paths of LogScale.</summary>
    public const string Prefix = "/humio";

    private const int UsualLimit = 6000;
    private readonly GatewayOptions _options;
    private readonly SimulatorClock _clock;
    private readonly IReadOnlyDictionary<string, TenantServer> _tenants;
    private readonly SignIn _signIn;
    private readonly RateWindow _requests;
    private readonly RateWindow _signIns;

    public FalconGateway(GatewayOptions options, int seed, SimulatorClock clock, IReadOnlyDictionary<string, TenantServer> tenants)
    {
        (_options, _clock, _tenants) = (options, clock, tenants);
        (_requests, _signIns) = (new RateWindow(clock), new RateWindow(clock));
        Tokens = new TokenTable(seed, clock);
        _signIn = new SignIn(options, Tokens, _signIns, clock);
    }

    public TokenTable Tokens { get; }

    /// <summary>Address of the account's cloud, if it is not the first one.</summary>
    public Uri? Home { get; set; }

    private (int Limit, int Seconds) Rate => _options.RateLimitPerSecond > 0 ? (_options.RateLimitPerSecond, 1)
        : _options.RateLimitPerMinute > 0 ? (_options.RateLimitPerMinute, 60)
        : (0, 60);

    /// <summary>Whether a path belongs to the gateway. Others reach LogScale directly.</summary>
    public static bool Concerns(string path) => path.StartsWith(Prefix + "/", StringComparison.Ordinal) || IsSignIn(path);

    /// <summary>The kind of request for a path of the gateway itself; null for the paths of LogScale.</summary>
    public static RequestKind? KindOf(string path) => path switch
    {
        SignIn.TokenPath => RequestKind.Token,
        SignIn.RevokePath => RequestKind.Revoke,
        _ => null,
    };

    /// <summary>The child tenant of a request; null for the tenant of the API client.</summary>
    public string? TenantOf(HttpRequest request) => request.Path == SignIn.TokenPath
        ? HttpRequest.ParseParameters(request.BodyText).TryGetValue("member_cid", out var cid) ? cid : null
        : request.Credentials("Bearer") is { } token ? Tokens.Find(token)?.MemberCid : null;

    /// <param name="isHome">True if the request came to the account's cloud.</param>
    public HttpResponse Handle(Route? route, RouteContext context, bool isHome, long number)
    {
        var request = context.Request;
        if (request.Path == SignIn.TokenPath && request.Method == "POST")
            return _signIn.Token(request, isHome ? null : Home, number);
        if (request.Path == SignIn.RevokePath && request.Method == "POST")
            return _signIn.Revoke(request, number);
        (var limit, var seconds) = Rate;
        (var left, var next) = _requests.Take(limit, seconds);
        if (limit > 0 && left < 0)
            return GatewayAnswers.Error(429, "API rate limit exceeded.", number).ComeAgain(_options.RetryAfter, _clock.Now, next);
        if (!isHome || request.Credentials("Bearer") is not { } token || Tokens.Use(token) is not { } known)
            return GatewayAnswers.Error(401, "access denied, invalid bearer token", number);
        // The gateway does not have the streaming endpoint.
        if (route is null or { Kind: RequestKind.Query })
            return GatewayAnswers.Error(404, "404: Page Not Found", number);
        if (route.Kind is not (RequestKind.Rest or RequestKind.RestDetails)
            && !_options.Scopes.Contains(request.Method == "GET" ? "ngsiem:read" : "ngsiem:write"))
            return GatewayAnswers.Error(403, "access denied, authorization failed", number);
        return (known.MemberCid is { } cid && _tenants.TryGetValue(cid, out var tenant) ? tenant.Route(request) ?? route : route).Handle(
            context);
    }

    /// <summary>Adds the headers of every answer.</summary>
    public void Stamp(HttpResponse response, string path, long number)
    {
        var signIn = IsSignIn(path);
        (var limit, var seconds) = signIn ? (_options.TokenRateLimitPerMinute, 60) : Rate;
        var shown = limit > 0 ? limit : UsualLimit;
        var left = (signIn ? _signIns : _requests).Take(shown, seconds, take: 0).Left;
        response.With("X-Cs-TraceId", GatewayAnswers.TraceId(number))
            .With("X-RateLimit-Limit", shown.ToString(CultureInfo.InvariantCulture))
            .With("X-RateLimit-Remaining", (limit > 0 ? Math.Max(0, left) : UsualLimit - 1).ToString(CultureInfo.InvariantCulture));
    }

    private static bool IsSignIn(string path) => path.StartsWith("/oauth2/", StringComparison.Ordinal);
}
