using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Core.Tests.Transport;

/// <summary>Several token sources over one transport.</summary>
public sealed class TenantTests
{
    private readonly NumberedTokens _first = new("first-tenant-token");
    private readonly NumberedTokens _second = new("second-tenant-token");

    [Fact]
    public async Task Each_transport_sends_its_own_token()
    {
        using var rig = Rig();
        using var other = rig.Transport.WithTokens(_second);
        await rig.GetAsync("a");
        await GetAsync(other, "b");
        await rig.GetAsync("c");
        Assert.Equal(["Bearer first-tenant-token-1", "Bearer second-tenant-token-1", "Bearer first-tenant-token-1"],
            rig.Server.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_rate_limit_for_one_slows_both()
    {
        using var rig = Rig(Replies.Status(429, "Retry-After: 7"), Replies.Json("{}"), Replies.Json("{}"));
        using var other = rig.Transport.WithTokens(_second);
        Assert.Same(rig.Transport.Governor, other.Governor);
        var before = rig.Time.GetUtcNow();
        await Assert.ThrowsAsync<ApiException>(() => GetAsync(rig.Transport, "a", retry: false));
        Assert.Equal(before, rig.Time.GetUtcNow());
        await GetAsync(other, "b");
        Assert.InRange((rig.Time.GetUtcNow() - before).TotalSeconds, 7, 7.05);
    }

    [Fact]
    public async Task A_refused_token_renews_only_the_source_that_issued_it()
    {
        using var rig = Rig();
        using var other = rig.Transport.WithTokens(_second);
        rig.Server.Route = r => r.Authorization == "Bearer second-tenant-token-1" ? Replies.Text(401, "expired") : null;
        await rig.GetAsync("a");
        await GetAsync(other, "b");
        await rig.GetAsync("c");
        Assert.Equal((1, 2), (_first.Issued, _second.Issued));
        Assert.Equal("Bearer second-tenant-token-2", rig.Server.Requests[2].Authorization);
        Assert.Equal("Bearer first-tenant-token-1", rig.Server.Requests[3].Authorization);
    }

    [Fact]
    public async Task The_secrets_of_each_are_kept_out_of_the_messages_of_the_other()
    {
        using var rig = Rig();
        using var other = rig.Transport.WithTokens(_second);
        await GetAsync(other, "a");
        rig.Server.Route = _ => Replies.Text(400, "no second-tenant-token-1 and no first-tenant-token-1 here");
        var failure = await rig.FailAsync("b");
        Assert.Contains("no *** and no *** here", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_one_leaves_the_others_open()
    {
        using var rig = Rig();
        var other = rig.Transport.WithTokens(_second);
        Assert.True(await other.CloseAsync());
        Assert.Equal((0, 1), (_first.Ended, _second.Ended));
        var failure = await Assert.ThrowsAsync<ApiException>(() => GetAsync(other, "a"));
        Assert.Equal(ApiErrorKind.Closed, failure.Kind);
        await rig.GetAsync("b");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Closing_the_first_ends_each_source_once(bool synchronously)
    {
        using var rig = Rig();
        var third = new NumberedTokens("third-tenant-token");
        var other = rig.Transport.WithTokens(_second);
        var closed = rig.Transport.WithTokens(third);
        await closed.DisposeAsync();
        if (synchronously)
            rig.Transport.Dispose();
        else
            Assert.True(await rig.Transport.CloseAsync());
        await other.DisposeAsync();
        await closed.DisposeAsync();
        Assert.Equal((1, 1, 1), (_first.Ended, _second.Ended, third.Ended));
        var failure = await Assert.ThrowsAsync<ApiException>(() => GetAsync(other, "a"));
        Assert.Equal(ApiErrorKind.Closed, failure.Kind);
        Assert.Throws<ObjectDisposedException>(() => rig.Transport.WithTokens(new NumberedTokens("late-token")));
    }

    [Fact]
    public async Task A_view_of_one_ends_nothing()
    {
        using var rig = Rig();
        using var other = rig.Transport.WithTokens(_second);
        var view = other.With(new SignalLog());
        Assert.False(await view.CloseAsync());
        other.View().Dispose();
        Assert.Equal((false, true), (view.CanRevoke, other.CanRevoke));
        await GetAsync(view, "a");
        Assert.Equal(0, _second.Ended);
    }

    private Rig Rig(params Reply[] script) =>
        new(new ScriptedServer(script) { Otherwise = Replies.Json("{}") }, o => o with { Tokens = _first });

    private static Task<string> GetAsync(ApiTransport transport, string path, bool retry = true) =>
        transport.SendAsync(new ApiRequest(HttpMethod.Get, path) { Retry = retry }, Transport.Rig.ReadAllAsync, CancellationToken.None)
            .WaitAsync(Transport.Rig.Guard, CancellationToken.None);

    private sealed class NumberedTokens(string name) : IRevocableTokenSource
    {
        private string? _current;

        public int Issued { get; private set; }

        public int Ended { get; private set; }

        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(_current ??= $"{name}-{++Issued}");

        public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken)
        {
            _current = null;
            return new(true);
        }

        public Task<bool> EndAsync()
        {
            Ended++;
            return Task.FromResult(true);
        }
    }
}
