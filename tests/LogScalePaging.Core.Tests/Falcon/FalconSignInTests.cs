using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Falcon;

public sealed class FalconSignInTests
{
    private const string Echo = $"bad secret {FalconRig.Secret}";

    [Theory]
    [InlineData(400, null, FalconSignInProblem.Credentials)]
    [InlineData(401, null, FalconSignInProblem.Credentials)]
    [InlineData(403, null, FalconSignInProblem.Credentials)]
    [InlineData(403, "abcdef", FalconSignInProblem.MemberCid)]
    [InlineData(401, "abcdef", FalconSignInProblem.Credentials)]
    [InlineData(404, null, FalconSignInProblem.NotFalcon)]
    public async Task A_refusal_says_what_to_check_and_is_not_repeated(int status, string? cid, FalconSignInProblem problem)
    {
        using var falcon = new FalconRig(
            memberCid: cid)
        {
            Sign = _ =>
                Replies.Answer(status, $$"""{"errors":[{"code":{{status}},"message":"{{Echo}}"}]}""", "X-Cs-TraceId: t-9")
        };
        var failure = await Assert.ThrowsAsync<FalconSignInException>(() => falcon.Rig.GetAsync());
        Assert.Equal(problem, failure.Problem);
        Assert.Equal(status, failure.Status);
        Assert.Equal("t-9", failure.TraceId);
        Assert.Contains("It says: bad secret ***", failure.Message, StringComparison.Ordinal);
        Assert.Single(falcon.Server.Requests);
        AssertSecretIsKept(falcon, failure);
    }

    [Fact]
    public async Task A_refusal_with_a_success_status_is_a_refusal()
    {
        using var falcon = new FalconRig
        {
            Sign = _ =>
            Replies.Json($$"""{"errors":[{"code":403,"message":"{{Echo}}"}],"resources":[]}""")
        };
        var failure = await Assert.ThrowsAsync<FalconSignInException>(() => falcon.Rig.GetAsync());
        Assert.Equal(FalconSignInProblem.Credentials, failure.Problem);
        AssertSecretIsKept(falcon, failure);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"access_token\":7}")]
    [InlineData("{\"access_token\":\"two words\"}")]
    [InlineData("{\"access_token\":\"abc")]
    public async Task An_answer_without_a_token_is_an_error(string answer)
    {
        using var falcon = new FalconRig(change: o => o with { MaxRetryCount = 0 }) { Sign = _ => Replies.Json(answer) };
        Assert.Equal(ApiErrorKind.InvalidAnswer, (await falcon.Rig.FailAsync()).Kind);
    }

    [Fact]
    public async Task The_default_life_of_a_token_is_half_an_hour()
    {
        using var falcon = new FalconRig
        {
            Sign = r => r.Target == "/oauth2/token"
            ? Replies.Json("{\"access_token\":\"falcon-token-0\"}")
            : null
        };
        await falcon.Rig.GetAsync();
        falcon.Rig.Time.Advance(TimeSpan.FromSeconds(1500));
        await falcon.Rig.GetAsync();
        Assert.Single(falcon.SignIns);
    }

    [Fact]
    public async Task A_token_service_that_is_busy_is_asked_again()
    {
        var busy = 2;
        using var falcon = new FalconRig(skipWaits: true);
        falcon.Sign = _ => busy-- > 0 ? Replies.Status(429, "Retry-After: 3") : null;
        Assert.Equal("\"data\"", await falcon.Rig.GetAsync());
        Assert.Equal(3, falcon.SignIns.Count());
    }

    private static void AssertSecretIsKept(FalconRig falcon, Exception failure)
    {
        var told = new StringBuilder();
        for (var e = failure; e is not null; e = e.InnerException)
        {
            told.AppendLine(e.ToString());
            foreach (var property in e.GetType().GetProperties())
                told.Append(property.GetValue(e)).AppendLine();
        }
        told.AppendJoin('\n', falcon.Rig.Signals).Append(falcon.Rig.Transport.Options).Append(falcon.Tokens);
        Assert.DoesNotContain(FalconRig.Secret, told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(FalconRig.Secret), told.ToString(), StringComparison.Ordinal);
    }
}
