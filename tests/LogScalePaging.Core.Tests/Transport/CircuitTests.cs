using System.Net;
using System.Net.Sockets;
using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class CircuitTests
{
    [Fact]
    public async Task A_server_that_is_gone_gets_no_requests_and_the_error_says_so()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Reset() }, o => o with { MaxRetryCount = 0 });
        for (var i = 0; i < CircuitPolicy.Failures; i++)
            Assert.Equal(ApiErrorKind.ConnectionLost, (await rig.FailAsync()).Kind);
        var failure = await rig.FailAsync();
        Assert.Equal(ApiErrorKind.ConnectionFailed, failure.Kind);
        Assert.False(failure.MayHaveBeenProcessed);
        Assert.Contains("does not answer: 10 requests in a row got no answer, so no request is sent for 15 s.", failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(0, failure.Attempts);
        Assert.Equal(CircuitPolicy.Failures, rig.Server.Requests.Count);
        Assert.Equal(1, rig.Signals.Count(s => s.Kind == SignalKind.ServerGone));
    }

    [Fact]
    public async Task It_is_tried_again_after_the_break_and_used_when_it_is_back()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Reset() }, o => o with { MaxRetryCount = 0 });
        for (var i = 0; i < CircuitPolicy.Failures; i++)
            await rig.FailAsync();
        rig.Server.Otherwise = Replies.Json("{}");
        Assert.Equal(ApiErrorKind.ConnectionFailed, (await rig.FailAsync()).Kind);
        rig.Time.Advance(CircuitPolicy.Break);
        Assert.Equal("{}", await rig.GetAsync());
        Assert.Equal("{}", await rig.GetAsync());
    }

    [Fact]
    public async Task One_try_after_the_break_is_counted_as_one()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Reset() }, o => o with { MaxRetryCount = 0 });
        for (var i = 0; i < CircuitPolicy.Failures; i++)
            await rig.FailAsync();
        rig.Time.Advance(CircuitPolicy.Break);
        Assert.Equal(ApiErrorKind.ConnectionLost, (await rig.FailAsync()).Kind);
        Assert.Contains("does not answer: 11 requests in a row got no answer, so no request is sent for 15 s.",
            (await rig.FailAsync()).Message, StringComparison.Ordinal);
        Assert.EndsWith("11 requests in a row got no answer. All requests wait for 15 s",
            rig.Signals.Last(s => s.Kind == SignalKind.ServerGone).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_waits_for_the_break_to_end_and_gets_its_answer()
    {
        var gone = Replies.Reset();
        using var rig = new Rig(new ScriptedServer([.. Enumerable.Repeat(gone, CircuitPolicy.Failures)]) { Otherwise = Replies.Json("{}") },
            o => o with { MaxRetryCount = 0 });
        for (var i = 0; i < CircuitPolicy.Failures; i++)
            await rig.FailAsync();
        using var patient = new Rig(
            new ScriptedServer([.. Enumerable.Repeat(gone, CircuitPolicy.Failures)]) { Otherwise = Replies.Json("{}") },
            o => o with { MaxRetryCount = 20 });
        Assert.Equal("{}", await patient.GetAsync());
        Assert.Equal(CircuitPolicy.Failures + 1, patient.Server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_answers_with_errors_is_not_gone()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Status(500) },
            o => o with { MaxRetryCount = 30, RetryBudget = TimeSpan.FromHours(9) });
        await rig.FailAsync();
        Assert.Equal(31, rig.Server.Requests.Count);
        Assert.DoesNotContain(rig.Signals, s => s.Kind == SignalKind.ServerGone);
    }

    [FactExcept(Runs.Mono, Differences.ResentByFramework)]
    public async Task One_answer_among_the_failures_keeps_the_circuit_closed()
    {
        var gone = Replies.Reset();
        using var rig = new Rig(new ScriptedServer([gone, gone, Replies.Json("{}"), .. Enumerable.Repeat(gone, 12)]),
            o => o with { MaxRetryCount = 0 });
        for (var i = 0; i < 15; i++)
        {
            if (i == 2)
                await rig.GetAsync();
            else
                await rig.FailAsync();
        }
        Assert.Equal(15, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task A_closed_port_is_tried_a_limited_number_of_times()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        listener.Stop();
        using var rig = new Rig(new ScriptedServer(), o => o with { BaseUrl = url, ThrottleLimit = 20 });
        var failures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.FailAsync()));
        Assert.All(failures, f => Assert.Equal(ApiErrorKind.ConnectionFailed, f.Kind));
        // Without a circuit it would be 20 × 7.
        Assert.InRange(rig.Transport.Counters.Requests, 10, 60);
    }
}
