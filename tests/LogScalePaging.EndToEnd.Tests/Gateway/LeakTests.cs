using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

[Collection(nameof(AloneCollection))]
public sealed class LeakTests
{
    [Fact]
    public async Task Ten_thousand_requests_share_a_few_connections_and_one_token()
    {
        using var bench = new GatewayBench(o => o.RequestLogLimit = 0);
        using var connection = bench.Connect(o => o with { ThrottleLimit = 8 });
        var signals = new SignalLog();
        var transport = connection.Transport.With(signals);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 1_250; i++)
                await transport.SendAsync(new ApiRequest(HttpMethod.Get, "humio/api/v1/status"),
                    (answer, _) => Task.FromResult(answer.Status), default);
        }));
        Assert.Equal(10_001, bench.Server.RequestCount);
        Assert.Equal(1, bench.Server.TokenRequests);
        Assert.InRange(bench.Server.ConnectionsAccepted, 1, 9);
        Assert.Equal(0, connection.Transport.Governor.UnderWay);
    }

    [UnixFact]
    public async Task Requests_that_fail_or_are_given_up_leave_no_socket_and_no_place_taken()
    {
        using var bench = new TestBench(new SimulatorOptions { RequestLogLimit = 0 },
            o => o with { ThrottleLimit = 8, MaxRetryCount = 0, Time = new FastTimeProvider(100) }).Fill(200);
        var client = bench.Connection.Client(bench.Signals);
        var job = await client.CreateAsync(new QueryJobSpec(TestBench.Query) { Start = QueryTime.Parse("1d") }, default);
        await client.PollAsync(job, new PollOptions(), default);
        var before = Handles();
        bench.Server.Options.Faults = FaultPlan.Random(5, 0.5, FaultKind.Status, FaultKind.ResetBefore, FaultKind.ResetAfter,
            FaultKind.CutBody, FaultKind.Html, FaultKind.WrongJson);
        var (good, failed, cancelled) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var i = 0; i < 250; i++)
            {
                using var stop = new CancellationTokenSource();
                var poll = client.PollAsync(job, new PollOptions(), stop.Token);
                if (i % 5 == worker % 5)
                    await stop.CancelAsync();
                try
                {
                    await poll;
                    Interlocked.Increment(ref good);
                }
                catch (ApiException)
                {
                    Interlocked.Increment(ref failed);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        }));
        Assert.True(good > 100 && failed > 100 && cancelled > 100, $"{good} good, {failed} failed, {cancelled} cancelled");
        Assert.Equal(0, bench.Connection.Transport.Governor.UnderWay);
        // Both ends of eight connections are in this process.
        Assert.InRange(Handles() - before, -100, (2 * 8) + 10);
    }

    [UnixFact]
    public async Task Connecting_and_disconnecting_leaves_nothing_open()
    {
        using var bench = new GatewayBench(o =>
        {
            o.RequestLogLimit = 0;
            o.Gateway!.TokenRateLimitPerMinute = int.MaxValue;
        });
        // The first ones load what stays loaded.
        for (var i = 0; i < 20; i++)
            await OnceAsync(bench);
        await bench.Server.IdleAsync();
        var (before, memory) = (Handles(), GC.GetTotalMemory(forceFullCollection: true));
        for (var i = 0; i < 1_000; i++)
            await OnceAsync(bench);
        await bench.Server.IdleAsync();
        Assert.Equal(0, bench.Server.ConnectionsOpen);
        Assert.InRange(Handles() - before, -1000, 10);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 4 << 20);
        Assert.All(bench.Server.Tokens, token => Assert.True(token.IsRevoked));
        Assert.Equal(1_020, bench.Server.TokenRequests);
    }

    private static int Handles() => Directory.GetFileSystemEntries(OperatingSystem.IsMacOS() ? "/dev/fd" : "/proc/self/fd").Length;

    private static async Task OnceAsync(GatewayBench bench)
    {
        var connection = bench.Connect();
        await GatewayBench.AskAsync(connection);
        Assert.True(await connection.DisconnectAsync());
    }
}
