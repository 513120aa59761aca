using System.Net;
using System.Net.Sockets;
using System.Text;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class CancellationTests
{
    [Fact]
    public async Task It_ends_the_wait_that_the_server_asked_for()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Status(503, "Retry-After: 300")), skipWaits: false);
        await CancelledAsync(rig, rig.Time.ArmedAsync(TimeSpan.FromSeconds(300)));
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task It_ends_the_wait_for_quiet_of_another_worker()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Status(503, "Retry-After: 300")), skipWaits: false);
        using var others = new CancellationTokenSource();
        var other = rig.GetAsync("other", others.Token);
        await rig.Time.ArmedAsync(TimeSpan.FromSeconds(300)).WaitAsync(Rig.Guard);
        rig.Time.Advance(TimeSpan.FromSeconds(100));
        await CancelledAsync(rig, rig.Time.ArmedAsync(TimeSpan.FromSeconds(200)));
        others.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        Assert.Equal(0, rig.Transport.Governor.UnderWay);
    }

    [Fact]
    public async Task It_ends_the_wait_for_a_place()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Hang()), o => o with { ThrottleLimit = 1 }, skipWaits: false);
        using var others = new CancellationTokenSource();
        var other = rig.GetAsync("other", others.Token);
        await rig.Server.ReceivedAsync(1).WaitAsync(Rig.Guard);
        await CancelledAsync(rig, Task.CompletedTask);
        Assert.Single(rig.Server.Requests);
        others.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    }

    [Fact]
    public async Task It_ends_the_wait_for_the_head_of_an_answer()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Hang()), skipWaits: false);
        await CancelledAsync(rig, rig.Server.ReceivedAsync(1));
        Assert.Contains("cancelled", rig.Signals.Single(s => s.Kind == SignalKind.Request).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_the_wait_for_the_rest_of_a_body()
    {
        using var rig = new Rig(new ScriptedServer(
            Replies.Hang([.. Replies.Head(200, "Content-Length: 9"), .. Encoding.ASCII.GetBytes("{")])), skipWaits: false);
        using var stop = new CancellationTokenSource();
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = rig.Transport.SendAsync(
            new ApiRequest(HttpMethod.Get, "x"),
            async (answer, token) =>
            {
                Assert.Equal(stop.Token, token);
                var all = Rig.ReadAllAsync(answer, token);
                reading.SetResult();
                return await all;
            },
            stop.Token);
        await reading.Task.WaitAsync(Rig.Guard);
        stop.Cancel();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Rig.Guard));
        Assert.Equal(stop.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_sends_nothing()
    {
        using var rig = new Rig();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.GetAsync("x", new CancellationToken(true)));
        Assert.Equal(0, rig.Server.Accepted);
    }

    [Fact]
    public async Task A_request_that_may_finish_is_ended_at_once_before_it_is_sent()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        try
        {
            // The server never answers the greeting of TLS.
            var url = new Uri($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
            using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = url }, skipWaits: false);
            using var stop = new CancellationTokenSource();
            var call = rig.SendAsync(Create(), stop.Token);
            using var accepted = await silent.AcceptTcpClientAsync().WaitAsync(Rig.Guard);
            stop.Cancel();
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Null(cancelled.InnerException as ApiException);
            Assert.Contains("cancelled", rig.Signals.Single(s => s.Kind == SignalKind.Request).Message, StringComparison.Ordinal);
        }
        finally
        {
            silent.Stop();
        }
    }

    [Fact]
    public async Task A_request_that_was_sent_may_finish_for_some_time_and_the_caller_knows_that_it_was_sent()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Hang()), skipWaits: false);
        using var stop = new CancellationTokenSource();
        var call = rig.SendAsync(Create(), stop.Token);
        await rig.Server.ReceivedAsync(1).WaitAsync(Rig.Guard);
        stop.Cancel();
        Assert.False(call.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.True(Assert.IsType<ApiException>(cancelled.InnerException).MayHaveBeenProcessed);
    }

    [Fact]
    public void A_body_is_not_sent_after_the_caller_cancelled()
    {
        var time = new ManualTimeProvider();
        using var stop = new CancellationTokenSource();
        using var sent = new Grace(TimeSpan.FromSeconds(10), time, stop.Token);
        using var unsent = new Grace(TimeSpan.FromSeconds(10), time, stop.Token);
        sent.Sending!();
        stop.Cancel();
        Assert.False(sent.Token.IsCancellationRequested);
        Assert.True(unsent.Token.IsCancellationRequested);
        Assert.Throws<OperationCanceledException>(unsent.Sending!);
        Assert.False(unsent.HasSent);
    }

    [Fact]
    public async Task Closing_the_connection_ends_what_is_under_way()
    {
        using var rig = new Rig(new ScriptedServer(Replies.Hang()), skipWaits: false);
        var call = rig.GetAsync();
        await rig.Server.ReceivedAsync(1).WaitAsync(Rig.Guard);
        rig.Transport.Dispose();
        Assert.Equal(ApiErrorKind.Closed, (await Assert.ThrowsAsync<ApiException>(() => call)).Kind);
        Assert.Equal(ApiErrorKind.Closed, (await Assert.ThrowsAsync<ApiException>(() => rig.GetAsync())).Kind);
    }

    private static ApiRequest Create() => new(HttpMethod.Post, "x") { Body = "{}"u8.ToArray(), FinishWithin = TimeSpan.FromSeconds(10) };

    // The clock stands still: nothing but the token can have ended the wait.
    private static async Task CancelledAsync(Rig rig, Task waiting)
    {
        using var stop = new CancellationTokenSource();
        var call = rig.GetAsync("mine", stop.Token);
        await waiting.WaitAsync(Rig.Guard);
        stop.Cancel();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
    }
}
