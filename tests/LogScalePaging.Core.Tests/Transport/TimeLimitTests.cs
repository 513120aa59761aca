using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class TimeLimitTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(100);

    [Fact]
    public async Task A_server_that_says_nothing_is_a_timeout()
    {
        using var rig = Hanging();
        var call = rig.FailAsync();
        await rig.Server.ReceivedAsync(1).WaitAsync(Rig.Guard);
        rig.Time.Advance(s_timeout);
        var failure = await call;
        Assert.Equal(ApiErrorKind.Timeout, failure.Kind);
        Assert.Contains("did not answer GET api/things within 100 s", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.MayHaveBeenProcessed);
    }

    [Fact]
    public async Task A_body_without_progress_is_a_timeout()
    {
        using var rig = Hanging(Encoding.ASCII.GetBytes("{\"a\""));
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = Assert.ThrowsAsync<ApiException>(() => rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, stop) =>
            {
                var buffer = new byte[100];
                await answer.Body.ReadExactlyAsync(buffer.AsMemory(0, 4), stop);
                var pending = answer.Body.ReadAsync(buffer, stop);
                reading.SetResult();
                return await pending;
            },
            CancellationToken.None));
        await reading.Task.WaitAsync(Rig.Guard);
        rig.Time.Advance(s_timeout);
        var failure = await call.WaitAsync(Rig.Guard);
        Assert.Equal(ApiErrorKind.Timeout, failure.Kind);
        Assert.Contains("stopped sending", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_may_take_its_time()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Json("{\"a\":1}")), o => o with { Timeout = s_timeout, MaxRetryCount = 0 },
            skipWaits: false);
        var text = await rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, stop) =>
            {
                rig.Time.Advance(TimeSpan.FromHours(3));
                return await Rig.ReadAllAsync(answer, stop);
            },
            CancellationToken.None);
        Assert.Equal("{\"a\":1}", text);
    }

    [Fact]
    public async Task A_timeout_is_repeated_and_the_hung_connection_is_not_used_again()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Hang(), Replies.Json("{}")), o => o with { Timeout = s_timeout },
            skipWaits: false);
        var call = rig.GetAsync();
        await rig.Server.ReceivedAsync(1).WaitAsync(Rig.Guard);
        rig.Time.SkipUpTo = TimeSpan.FromSeconds(1);
        rig.Time.Advance(s_timeout);
        Assert.Equal("{}", await call);
        Assert.Equal(2, rig.Server.Accepted);
    }

    private static Rig Hanging(params byte[] body) => new(
        new ScriptedServer(body.Length == 0
            ? Replies.Hang()
            : Replies.Hang([.. Replies.Head(200, "Content-Type: application/json", "Content-Length: 50"), .. body])),
        o => o with { Timeout = s_timeout, MaxRetryCount = 0 },
        skipWaits: false);
}
