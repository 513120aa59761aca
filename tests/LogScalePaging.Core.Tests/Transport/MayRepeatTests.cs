using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class MayRepeatTests
{
    public static TheoryData<string, bool> Failures => new()
    {
        { "500", true },
        { "502", true },
        { "close", true },
        { "reset", true },
        { "cut", true },
        { "429", false },
        { "503", false },
        { "page", false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task It_is_called_only_if_the_server_may_have_acted(string how, bool due)
    {
        using var rig = new Rig(Fail(how), Replies.Json("{}"));
        var asked = new List<ApiException>();
        Assert.Equal("{}", await rig.PostAsync("{}", (failure, _) =>
        {
            asked.Add(failure);
            return Task.FromResult(true);
        }));
        Assert.Equal(due ? 1 : 0, asked.Count);
    }

    // HttpWebRequest of .NET Framework repeats some requests, without being asked to, when a kept connection breaks.
    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    public async Task If_it_returns_false_on_a_kept_connection_the_call_fails_too(string how)
    {
        using var rig = new Rig(Replies.Json("{}"), Fail(how), Replies.Json("{}"));
        await rig.GetAsync();
        await Assert.ThrowsAsync<ApiException>(() => rig.PostAsync("{}", (_, _) => Task.FromResult(false)));
        Assert.Equal(["GET", "POST"], rig.Server.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task If_it_returns_false_the_call_fails()
    {
        using var rig = new Rig(Replies.Status(500), Replies.Json("{}"));
        var failure = await Assert.ThrowsAsync<ApiException>(() => rig.PostAsync("{}", (_, _) => Task.FromResult(false)));
        Assert.Equal(500, failure.Status);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task It_is_not_called_without_a_retry_left()
    {
        var asked = 0;
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Status(500) }, o => o with { MaxRetryCount = 2 });
        await Assert.ThrowsAsync<ApiException>(() => rig.PostAsync("{}", (_, _) => Task.FromResult(++asked > 0)));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task It_may_send_requests_even_when_only_one_is_allowed_at_a_time()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Status(500), Replies.Json("\"clean-up\""), Replies.Json("\"done\"")),
            o => o with { ThrottleLimit = 1 });
        Assert.Equal("\"done\"", await rig.PostAsync("{}", async (_, stop) => await rig.GetAsync("left/behind", stop) == "\"clean-up\""));
    }

    private static Reply Fail(string how) => how switch
    {
        "close" => Replies.Close(),
        "reset" => Replies.Reset(),
        "cut" => Replies.CutAt(1, "{}"),
        "page" => Replies.Html(200, "<html>"),
        _ => Replies.Status(int.Parse(how, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
