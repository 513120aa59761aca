using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Core.Tests.Falcon;

/// <summary>Two tenants of one API client, on a gateway that issues a token for each.</summary>
public sealed class FalconTenantTests : IDisposable
{
    private const string One = "11111111111111111111111111111111";
    private const string Two = "22222222222222222222222222222222";

    private readonly ScriptedServer _server = new() { Otherwise = Replies.Json("\"data\"") };
    private readonly ManualTimeProvider _time = new() { SkipUpTo = TimeSpan.FromMinutes(6) };
    private readonly FalconApiClient _first;
    private readonly FalconApiClient _second;
    private int _issued;

    public FalconTenantTests()
    {
        _server.Route = Answer;
        var options = new ApiTransportOptions
        {
            BaseUrl = _server.Url,
            Tokens = NoTokenSource.Instance,
            Time = _time,
            Timeout = TimeSpan.FromHours(1)
        };
        _first = new FalconApiClient(options, new FalconCredential("client-7", Transport.Rig.Secret(FalconRig.Secret), One));
        _second = _first.For(Two.ToUpperInvariant() + "-4F");
    }

    public void Dispose()
    {
        _first.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Each_tenant_has_a_token_of_its_own()
    {
        await AskAsync(_first);
        await AskAsync(_second);
        await AskAsync(_first);
        Assert.Equal([One, Two], SignIns.Select(Member));
        Assert.Equal(["Bearer tenant-token-1", "Bearer tenant-token-2", "Bearer tenant-token-1"], Data.Select(r => r.Authorization));
        Assert.Equal((One, Two, "client-7"), (_first.Tenant, _second.Tenant, _second.ClientId));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_for_its_tenant_only()
    {
        await AskAsync(_first);
        await AskAsync(_second);
        Refused.Add("Bearer tenant-token-2");
        await AskAsync(_second);
        await AskAsync(_first);
        Assert.Equal([One, Two, Two], SignIns.Select(Member));
        Assert.Equal("Bearer tenant-token-1", Data.Last().Authorization);
    }

    [Fact]
    public async Task The_token_endpoint_holds_all_tenants_back_when_it_refuses_one()
    {
        var refusals = 1;
        SignIn = r => Member(r) == One && refusals-- > 0 ? Replies.Status(429, "Retry-After: 9") : null;
        var before = _time.GetUtcNow();
        // The cancelled tenant does not wait for its own retry, so only the limit that both share is left.
        using var stop = new CancellationTokenSource();
        var first = AskAsync(_first, stop.Token);
        await _server.ReceivedAsync(1).WaitAsync(Transport.Rig.Guard);
        await AskAsync(_second);
        Assert.True(_time.GetUtcNow() - before >= TimeSpan.FromSeconds(9));
        stop.Cancel();
        await Xunit.Record.ExceptionAsync(() => first);
        Assert.Same(_first.Transport.Governor, _second.Transport.Governor);
    }

    [Fact]
    public async Task Closing_one_tenant_revokes_its_token_only_and_the_other_goes_on()
    {
        await AskAsync(_first);
        await AskAsync(_second);
        Assert.True(await _second.DisconnectAsync());
        Assert.Equal(["token=tenant-token-2"], Revoked);
        Assert.Equal(ApiErrorKind.Closed, (await Assert.ThrowsAsync<ApiException>(() => AskAsync(_second))).Kind);
        Refused.Add("Bearer tenant-token-1");
        await AskAsync(_first);
        Assert.Equal("Bearer tenant-token-3", Data.Last().Authorization);
    }

    [Fact]
    public async Task Closing_the_connection_revokes_each_token_once()
    {
        await AskAsync(_first);
        await AskAsync(_second);
        Assert.True(await _first.DisconnectAsync());
        Assert.False(await _second.DisconnectAsync());
        _first.Dispose();
        Assert.Equal(["token=tenant-token-1", "token=tenant-token-2"], Revoked.Order(StringComparer.Ordinal));
        Assert.Throws<ObjectDisposedException>(() => _first.For(Two));
    }

    [Fact]
    public async Task A_search_of_NG_SIEM_leaves_the_connection_open()
    {
        using (var search = NgSiem.Over(_first))
        {
            Assert.Equal(("NG-SIEM", One, "search-all"), (search.System, search.Tenant, search.Repository));
            await search.FindHomeAsync(new(), CancellationToken.None);
            Assert.False(await search.DisconnectAsync());
        }
        Assert.Empty(Revoked);
        await AskAsync(_first);
        Assert.Single(SignIns);
    }

    private List<string> Refused { get; } = [];

    private Func<ReceivedRequest, Reply?>? SignIn { get; set; }

    private IEnumerable<ReceivedRequest> SignIns => _server.Requests.Where(r => r.Target == "/oauth2/token");

    private IEnumerable<ReceivedRequest> Data => _server.Requests.Where(r => r.Target == "/data");

    private IEnumerable<string> Revoked => _server.Requests.Where(r => r.Target == "/oauth2/revoke").Select(r => r.Body);

    private static string Member(ReceivedRequest request) =>
        request.Body.Substring(request.Body.IndexOf("member_cid=", StringComparison.Ordinal) + 11);

    private static Task<string> AskAsync(FalconApiClient connection, CancellationToken cancellationToken = default) =>
        connection.Transport.SendAsync(new ApiRequest(HttpMethod.Get, "data"), Transport.Rig.ReadAllAsync, cancellationToken).WaitAsync(
            Transport.Rig.Guard, CancellationToken.None);

    private Reply? Answer(ReceivedRequest request) => request.Target switch
    {
        "/oauth2/token" => SignIn?.Invoke(request) ?? FalconRig.Token($"tenant-token-{Interlocked.Increment(ref _issued)}", 1799),
        "/data" when Refused.Contains(request.Authorization!) => Replies.Text(401, "access denied, invalid bearer token"),
        _ => null,
    };
}
