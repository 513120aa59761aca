using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>Clocks that jump, and clocks that are wrong.</summary>
public sealed class ClockTests : IDisposable
{
    private const int Events = 4_000;
    private static readonly TimeSpan s_night = TimeSpan.FromHours(9);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The laptop sleeps from some request until the morning. Jobs, token and connections are then no longer valid.</summary>
    [Theory]
    [InlineData(SearchStrategy.Around, false)]
    [InlineData(SearchStrategy.Around, true)]
    [InlineData(SearchStrategy.Window, false)]
    [InlineData(SearchStrategy.Window, true)]
    public async Task A_run_continues_after_the_machine_slept(SearchStrategy strategy, bool elapsedToo)
    {
        for (var asleepAt = 2; asleepAt < 40; asleepAt += 5)
        {
            var time = new ShiftedTimeProvider(new FastTimeProvider(40)) { ShiftsElapsed = elapsedToo };
            using var bench = new GatewayBench(o => (o.TimeProvider, o.MaxTail, o.AroundRepeatsAnchor) = (time, 200, true)).Fill(Events);
            bench.Server.RequestHandled += r =>
            {
                if (r.Number == asleepAt)
                    time.Shift += s_night;
            };
            bench.Server.Faults.Add(Fault.ResetBefore, nth: asleepAt + 1, times: 2);
            using var connection = bench.Connect(o => o with { Time = time });
            var result = await ExportAsync(connection, bench, strategy, $"{asleepAt}.ndjson");
            Assert.True(result.Completeness.State == CompletenessState.Complete, $"asleep at {asleepAt}: {result.Completeness}");
            Assert.Equal(bench.Truth, await File.ReadAllLinesAsync(_folder.In($"{asleepAt}.ndjson")));
            Assert.Equal(2, bench.Server.Tokens.Count);
            Assert.Equal(0, bench.Server.LiveJobCount);
        }
    }

    /// <summary>Dates and times of the server are compared with the server's clock, also to find late events.</summary>
    [Theory]
    [InlineData(-11, RetryAfterForm.Date)]
    [InlineData(-11, RetryAfterForm.EpochSeconds)]
    [InlineData(11, RetryAfterForm.Date)]
    [InlineData(11, RetryAfterForm.EpochMilliseconds)]
    public async Task A_client_whose_clock_is_hours_off_waits_as_long_as_others_and_knows_what_is_late(int hours, RetryAfterForm form)
    {
        var right = new FastTimeProvider(20);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest + 1000);
        var wrong = new ShiftedTimeProvider(right) { Shift = start - right.GetUtcNow() + TimeSpan.FromHours(hours) };
        using var bench = new GatewayBench(o =>
        {
            (o.TimeProvider, o.MaxTail) = (right, 200);
            (o.Gateway!.RateLimitPerSecond, o.Gateway.RetryAfter) = (20, form);
        }).Fill(Events);
        bench.Server.RequestHandled += r =>
        {
            // Two pages are read: seven come too late for the walk, five lie before it.
            if (r.Kind == RequestKind.Create && bench.Server.Jobs.Count == 5)
                bench.Server.Events.Add([.. Enumerable.Range(0, 7).Select(i => Late(i, TestBench.Newest - 5, r.Time)),
                    .. Enumerable.Range(7, 5).Select(i => Late(i, TestBench.Newest - 35_005, r.Time))]);
        };
        using var connection = bench.Connect(o => o with { Time = wrong });
        var result = await ExportAsync(connection, bench, SearchStrategy.Around, "events.ndjson");
        Assert.Equal((CompletenessState.Complete, 7), (result.Completeness.State, result.Completeness.Late));
        Assert.Equal(Events + 5, result.Manifest.Counts.Written);
        // A period is a second, told in whole ones.
        Assert.All(bench.Told.Where(s => s.Kind == SignalKind.RateLimited), s => Assert.Matches("wait for [012](\\.[0-9]+)? s", s.Message));
        Assert.Equal(1, bench.Server.TokenRequests);
    }

    private static string Late(int number, long timestamp, DateTimeOffset ingested) => TestBench.Event(Events + number, timestamp)
        .Replace($"\"{timestamp + 5}\"", $"\"{ingested.ToUnixTimeMilliseconds()}\"", StringComparison.Ordinal);

    private Task<ExportOutcome> ExportAsync(LogScaleSearchConnection connection, GatewayBench bench, SearchStrategy strategy, string name)
    {
        var target = new ExportTarget { Path = _folder.In(name), Format = ExportFormat.NdJson };
        return new ExportRun(connection, new ExportRequest(TestBench.Spec() with { Strategy = strategy }, target),
            bench.Signals).RunAsync(default);
    }
}
