using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Events that are added while the server runs.</summary>
public sealed class ArrivingEventTests
{
    [Theory]
    [InlineData(5, 60)]
    [InlineData(180, 60)]
    [InlineData(20, 600)]
    public async Task A_range_that_ends_now_is_never_empty(int minutes, int perMinute)
    {
        var time = new ManualTimeProvider();
        using var server = LogScaleSimulator.Start(
            new SimulatorOptions { EventCount = 0, EventsPerMinute = perMinute, TimeProvider = time, Now = time.GetUtcNow() });
        time.Advance(TimeSpan.FromMinutes(minutes));
        using var bench = new TestBench(server, null);
        var expected = Math.Min(minutes, 15) * perMinute;

        var first = await ReadAsync(bench);
        Assert.Equal(CompletenessState.Complete, first.State);
        Assert.InRange(first.Received, expected - 1, expected + 1);

        time.Advance(TimeSpan.FromMinutes(1));
        var second = await ReadAsync(bench);
        Assert.Equal(CompletenessState.Complete, second.State);
        Assert.InRange(second.Received, Math.Min(minutes + 1, 15) * perMinute - 1, (Math.Min(minutes + 1, 15) * perMinute) + 1);
    }

    [Fact]
    public async Task None_are_added_unless_it_was_asked_for()
    {
        var time = new ManualTimeProvider();
        using var server = LogScaleSimulator.Start(new SimulatorOptions { EventCount = 0, TimeProvider = time, Now = time.GetUtcNow() });
        time.Advance(TimeSpan.FromMinutes(5));
        using var bench = new TestBench(server, null);
        Assert.Equal(0, (await ReadAsync(bench)).Received);
    }

    private static async Task<Completeness> ReadAsync(TestBench bench)
    {
        await using var search = new LogScaleSearch(bench.Connection, new SearchSpec("*") { Start = QueryTime.Parse("15m") },
            bench.Signals);
        var ids = new HashSet<string>();
        await foreach (var page in search.PagesAsync(null, default))
        {
            foreach (var record in page.Items)
                Assert.True(ids.Add(System.Text.Encoding.UTF8.GetString(record.Utf8.Span)));
        }
        return await search.JudgeAsync(default);
    }
}
