using System.Text;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Gateway;

/// <summary>The OAuth2 endpoints.</summary>
internal sealed class SignIn(GatewayOptions options, TokenTable tokens, RateWindow window, SimulatorClock clock)
{
    public const string TokenPath = "/oauth2/token";
    public const string RevokePath = "/oauth2/revoke";

    /// <param name="home">Address of the account's cloud; null if it is this one.</param>
    public HttpResponse Token(HttpRequest request, Uri? home, long number)
    {
        tokens.Asked();
        (var left, var next) = window.Take(options.TokenRateLimitPerMinute, 60);
        if (left < 0)
            return GatewayAnswers.Error(429, "API rate limit exceeded.", number).ComeAgain(options.RetryAfter, clock.Now, next);
        var region = options.HomeRegion ?? options.Region;
        // The redirect is sent before the secret is checked, because this cloud does not know it.
        if (home is not null && options.HomeBy308)
            return HttpResponse.Empty(308).With("Location", new Uri(home, TokenPath).AbsoluteUri).With("X-Cs-Region", region);
        var form = HttpRequest.ParseParameters(request.BodyText);
        form.TryGetValue("client_id", out var id);
        form.TryGetValue("client_secret", out var secret);
        form.TryGetValue("member_cid", out var cid);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret))
            return GatewayAnswers.Error(400, "client_id and client_secret are required", number);
        if (id != options.ClientId || secret != options.ClientSecret)
            return GatewayAnswers.Error(options.SignInRefusal, "access denied, invalid client", number);
        if (!string.IsNullOrEmpty(cid) && !options.MemberCids.Contains(cid) && !options.Tenants.Any(t => t.Cid == cid))
            return GatewayAnswers.Error(options.SignInRefusal, "access denied, member_cid is not a child of this CID", number);
        if (cid is not null && options.MisdirectedTokens.TryGetValue(cid, out var other))
            cid = other;
        var tenant = string.IsNullOrEmpty(cid) ? null : cid;
        var token = tokens.Issue(options.TokenLifetime, tenant, options.TenantOfToken == TokenTenantForm.Claim);
        var answer = new ByteWriter().Add("{"u8);
        if (options.TenantOfToken == TokenTenantForm.Answer && tenant is not null)
            answer.Add("\"member_cid\":"u8).AddString(tenant).Add((byte)',');
        return GatewayAnswers.Json(201, answer
            .Add("\"access_token\":"u8).AddString(token.Text)
            .Add(",\"expires_in\":"u8).Add(Math.Max(1, (long)options.TokenLifetime.TotalSeconds))
            .Add(",\"token_type\":\"bearer\"}"u8)).With("X-Cs-Region", region);
    }

    public HttpResponse Revoke(HttpRequest request, long number)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(options.ClientId + ":" + options.ClientSecret));
        if (request.Credentials("Basic") != basic)
            return GatewayAnswers.Error(403, "access denied, invalid client", number);
        return HttpRequest.ParseParameters(request.BodyText).TryGetValue("token", out var token) && tokens.Revoke(token)
            ? GatewayAnswers.Json(200, new ByteWriter().Add("{}"u8))
            : GatewayAnswers.Error(400, "invalid token", number);
    }
}
