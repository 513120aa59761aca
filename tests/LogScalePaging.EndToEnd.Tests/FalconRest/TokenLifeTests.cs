using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.FalconRest;

/// <summary>A page token of the scroll endpoint lives two minutes, by the server's clock.</summary>
public sealed class TokenLifeTests
{
    private const string Scroll = "/devices/queries/devices-scroll/v1";

    [Theory]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(0)]
    public async Task A_token_that_expired_because_of_a_slow_reader_is_not_sent_and_the_walk_starts_again(int digits)
    {
        var time = new ManualTimeProvider();
        using var bench = new FalconRestBench(75, f => f.ExpiresAtDigits = digits, s => s.TimeProvider = time);
        await using var connection = bench.Connect(time);
        await using var search = connection.Open(FalconRestBench.Request(Scroll), bench.Signals);
        var ids = new List<string?>();
        await foreach (var page in search.PagesAsync(null, default))
        {
            ids.AddRange(page.Items.Select(r => r.Id));
            if (ids.Count == 40 && page.Items.Count > 0)
                time.Advance(TimeSpan.FromSeconds(121));
        }

        Assert.Equal((75, 75), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, (await search.JudgeAsync(default)).State);
        Assert.Single(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
        Assert.All(bench.Lists, r => Assert.Equal(200, r.Status));
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public async Task A_clock_that_is_wrong_here_does_not_matter(int ahead)
    {
        var time = new ManualTimeProvider();
        using var bench = new FalconRestBench(75, server: s =>
            s.TimeProvider = new ShiftedTimeProvider(time) { Shift = TimeSpan.FromSeconds(ahead) });
        await using var connection = bench.Connect(time);
        await using var search = connection.Open(FalconRestBench.Request(Scroll), bench.Signals);
        var ids = new List<string?>();
        await foreach (var page in search.PagesAsync(null, default))
        {
            ids.AddRange(page.Items.Select(r => r.Id));
            // The count runs beside the first page. If time moved before its answer, its request would time out and wait for ever.
            while (search.ExpectedBefore is null)
                await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(100));
        }

        Assert.Equal(75, ids.Distinct().Count());
        Assert.DoesNotContain(bench.Told, s => s.Kind == SignalKind.ContinuationExpired);
    }

    [Fact]
    public async Task A_token_that_expires_during_a_back_off_restarts_the_walk()
    {
        using var bench = new FalconRestBench(75, f => f.PageFaults = [new RestFault(RestFaultKind.ExpiredToken, 3)]);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(503),
            When = r =>
            r.Query.Contains("offset=T", StringComparison.Ordinal)
        });
        var (_, ids, verdict) = await bench.WalkAsync(FalconRestBench.Request(Scroll), new FastTimeProvider(20));

        Assert.Equal((75, 75), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
    }
}
