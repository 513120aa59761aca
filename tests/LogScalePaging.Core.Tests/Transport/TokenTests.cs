using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class TokenTests
{
    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_request_sent_again_at_once()
    {
        var tokens = new Renewing("old-token", "new-token");
        using var rig = new Rig(new ScriptedServer(Replies.Status(401), Replies.Json("{}")),
            o => o with { Tokens = tokens, MaxRetryCount = 0 });
        Assert.Equal("{}", await rig.PostAsync("body", (_, _) => Task.FromResult(false)));
        Assert.Equal(["Bearer old-token", "Bearer new-token"], rig.Server.Requests.Select(r => r.Authorization));
        Assert.Equal(["old-token"], tokens.Refused);
        Assert.Empty(rig.Time.Skipped);
        Assert.Equal(1, rig.Signals.Count(s => s.Kind == SignalKind.Retried));
    }

    [Fact]
    public async Task A_second_refusal_is_final()
    {
        var tokens = new Renewing("first-token", "second-token", "third-token");
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Text(401, "second-token is not a token") },
            o => o with { Tokens = tokens });
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.Unauthorized, failure.Kind);
        Assert.Equal(2, rig.Server.Requests.Count);
        Assert.Equal("*** is not a token", failure.Body);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_is_refused_once()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Status(401) });
        Assert.StartsWith("The server refused the token (401).", (await rig.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task A_failure_to_get_a_token_is_not_multiplied()
    {
        using var rig = new Rig(new ScriptedServer(), o => o with { Tokens = new Failing() });
        Assert.Equal(ApiErrorKind.Unavailable, (await rig.FailAsync()).Kind);
        Assert.Equal(0, rig.Server.Accepted);
        Assert.Empty(rig.Time.Skipped);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("schlüssel")]
    public async Task An_invalid_token_is_reported_without_showing_it(string token)
    {
        Assert.DoesNotContain("schlüssel", Assert.Throws<ArgumentException>(() => new StaticTokenSource(Rig.Secret(token))).Message,
            StringComparison.Ordinal);
        using var rig = new Rig(new ScriptedServer(), o => o with { Tokens = new Renewing(token) });
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.Unauthorized, failure.Kind);
        Assert.Equal(0, rig.Server.Accepted);
    }

    [Fact]
    public async Task White_space_around_a_pasted_token_is_not_sent()
    {
        using var tokens = new StaticTokenSource(Rig.Secret(" abc-123\r\n"));
        Assert.Equal("abc-123", await tokens.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_token_can_be_in_another_header_with_more_headers()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Json("{}")), o => o with
        {
            TokenHeader = "session",
            TokenPrefix = "token-",
            Headers = new Dictionary<string, string> { ["X-Axiom-Org-Id"] = "org" },
        });
        await rig.GetAsync();
        var headers = rig.Server.Requests[0].Headers;
        Assert.Equal($"token-{Rig.Token}", headers["session"]);
        Assert.Equal("org", headers["X-Axiom-Org-Id"]);
        Assert.DoesNotContain("Authorization", headers.Keys);
    }

    private sealed class Renewing(params string[] tokens) : IAccessTokenSource
    {
        private int _at;

        public List<string> Refused { get; } = [];

        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(tokens[_at]);

        public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken)
        {
            Refused.Add(token);
            return new(++_at < tokens.Length);
        }
    }

    private sealed class Failing : IAccessTokenSource
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
            throw new ApiException(ApiErrorKind.Unavailable, "no tokens today");

        public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken) => new(false);
    }
}
