using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Falcon;

public sealed class FalconTokenTests
{
    [Fact]
    public async Task It_signs_in_with_a_form_and_sends_the_token_below_the_gateways_path()
    {
        using var falcon = new FalconRig(memberCid: "0123456789ABCDEF0123456789ABCDEF-4A");
        Assert.Equal("\"data\"", await falcon.Rig.GetAsync("api/v1/x"));
        var signIn = Assert.Single(falcon.SignIns);
        Assert.Equal("POST", signIn.Method);
        Assert.Equal("application/x-www-form-urlencoded", signIn.Headers["Content-Type"]);
        Assert.Equal("client_id=client-7&client_secret=s3cr%26t%2F%2B%3DValue9&member_cid=0123456789abcdef0123456789abcdef", signIn.Body);
        Assert.Null(signIn.Authorization);
        var data = Assert.Single(falcon.Data);
        Assert.Equal(("/humio/api/v1/x", "Bearer falcon-token-1"), (data.Target, data.Authorization));
    }

    [Fact]
    public async Task Many_workers_sign_in_once()
    {
        using var falcon = new FalconRig(change: o => o with { ThrottleLimit = 20 });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => falcon.Rig.GetAsync($"{i}")));
        Assert.Single(falcon.SignIns);
        Assert.Equal(1, falcon.Tokens.Issued);
    }

    [Theory]
    [InlineData(1799, 1558, 1559)]
    [InlineData(2, 1.7, 1.8)]
    [InlineData(100, 89, 90)]
    public async Task It_renews_with_four_minutes_left_or_a_tenth_of_a_short_life(int life, double early, double due)
    {
        using var falcon = new FalconRig(life);
        await falcon.Rig.GetAsync("a");
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(early));
        await falcon.Rig.GetAsync("b");
        Assert.Single(falcon.SignIns);
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(due - early));
        await falcon.Rig.GetAsync("c");
        Assert.Equal(2, falcon.SignIns.Count());
        Assert.Equal("Bearer falcon-token-2", falcon.Data.Last().Authorization);
        Assert.Equal(1, falcon.Rig.Signals.Count(s => s.Kind == SignalKind.TokenRefreshed));
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_for_all_workers()
    {
        using var falcon = new FalconRig(change: o => o with { ThrottleLimit = 20 });
        await falcon.Rig.GetAsync("first");
        falcon.Expire();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => falcon.Rig.GetAsync($"{i}")));
        Assert.Equal(2, falcon.SignIns.Count());
    }

    [Fact]
    public async Task While_one_worker_renews_the_others_use_the_old_token()
    {
        using var falcon = new FalconRig();
        await falcon.Rig.GetAsync("first");
        falcon.Sign = r => r.Target == "/oauth2/token" ? Replies.Hang() : null;
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(1600));
        using var stop = new CancellationTokenSource();
        var renewing = falcon.Rig.GetAsync("renewing", stop.Token);
        await falcon.Server.ReceivedAsync(3).WaitAsync(Transport.Rig.Guard);
        Assert.Equal("\"data\"", await falcon.Rig.GetAsync("other"));
        Assert.Equal("Bearer falcon-token-1", falcon.Data.Last().Authorization);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renewing);
    }

    [Fact]
    public async Task A_failed_early_renewal_is_ignored()
    {
        using var falcon = new FalconRig();
        await falcon.Rig.GetAsync("first");
        falcon.Sign = r => r.Target == "/oauth2/token" ? Replies.Status(503) : null;
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(1600));
        await falcon.Rig.GetAsync("a");
        await falcon.Rig.GetAsync("b");
        // The renewal is delayed by ten seconds, so there is one try, not one per request.
        Assert.Equal(2, falcon.SignIns.Count());
        falcon.Sign = null;
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(10));
        await falcon.Rig.GetAsync("c");
        Assert.Equal("Bearer falcon-token-2", falcon.Data.Last().Authorization);
    }

    [Fact]
    public async Task An_early_renewal_is_retried_when_the_old_token_expires()
    {
        using var falcon = new FalconRig(skipWaits: true);
        await falcon.Rig.GetAsync("first");
        var failures = 2;
        falcon.Sign = r =>
        {
            if (r.Target != "/oauth2/token" || failures-- <= 0)
                return null;
            // The first one took as long as the old token had left.
            falcon.Rig.Time.Advance(TimeSpan.FromSeconds(300));
            return Replies.Status(503);
        };
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(1600));
        await falcon.Rig.GetAsync("a");
        Assert.Equal("Bearer falcon-token-2", falcon.Data.Last().Authorization);
        Assert.Equal(4, falcon.SignIns.Count());
    }

    [Fact]
    public async Task The_life_of_a_token_starts_with_the_successful_try()
    {
        using var falcon = new FalconRig(skipWaits: true);
        var failures = 2;
        falcon.Sign = r =>
        {
            if (r.Target != "/oauth2/token" || failures-- <= 0)
                return null;
            falcon.Rig.Time.Advance(TimeSpan.FromSeconds(100));
            return Replies.Status(503);
        };
        await falcon.Rig.GetAsync("a");
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(1500));
        await falcon.Rig.GetAsync("b");
        Assert.Equal(3, falcon.SignIns.Count());
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(59));
        await falcon.Rig.GetAsync("c");
        Assert.Equal(4, falcon.SignIns.Count());
    }

    [Fact]
    public async Task Requests_for_a_token_are_in_the_log_of_the_run_that_needed_it()
    {
        using var falcon = new FalconRig();
        var log = new SignalLog();
        var lines = new List<string>();
        log.Emitted += s => lines.Add(s.Message);
        using var view = falcon.Rig.Transport.With(log);
        await view.SendAsync(new ApiRequest(HttpMethod.Get, "x"), Transport.Rig.ReadAllAsync, CancellationToken.None);
        Assert.Collection(lines,
            l => Assert.StartsWith("POST oauth2/token 201 in ", l, StringComparison.Ordinal),
            l => Assert.StartsWith("GET x 200 in ", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closing_the_connection_revokes_the_token()
    {
        using var falcon = new FalconRig();
        await falcon.Rig.GetAsync("x");
        await falcon.Rig.Transport.DisposeAsync();
        var revoke = falcon.Server.Requests[^1];
        Assert.Equal(("POST", "/oauth2/revoke", "token=falcon-token-1"), (revoke.Method, revoke.Target, revoke.Body));
        Assert.Equal("Basic " + Convert.ToBase64String("client-7:s3cr&t/+=Value9"u8), revoke.Authorization);
        falcon.Rig.Transport.Dispose();
        Assert.Equal(3, falcon.Server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_without_sign_in_revokes_nothing()
    {
        using var falcon = new FalconRig();
        await falcon.Rig.Transport.DisposeAsync();
        Assert.Empty(falcon.Server.Requests);
    }

    [Fact]
    public async Task A_failed_revocation_is_not_an_error()
    {
        using var falcon = new FalconRig();
        await falcon.Rig.GetAsync("x");
        falcon.Sign = r => r.Target == "/oauth2/revoke" ? Replies.Reset() : null;
        falcon.Rig.Transport.Dispose();
        Assert.Single(falcon.Server.Requests, r => r.Target == "/oauth2/revoke");
    }
}
