using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>Windows can be read even if their rows are so large that a slice exceeds the limit of an answer.</summary>
public sealed class LargeAnswerTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Large_rows_are_read_in_smaller_slices()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000 }, rows: 3_000);
        foreach (var run in await BothAsync(bench))
        {
            run.AssertComplete(bench.Truth());
            Assert.True(bench.Server.Jobs.Count < 20, $"{bench.Server.Jobs.Count} jobs");
        }
    }

    [Fact]
    public async Task Windows_of_large_rows_are_split_where_the_server_ignores_the_slice()
    {
        using var bench = Bench(new SimulatorOptions { MaxTail = 10_000, IgnoresPagination = true }, rows: 5_000);
        foreach (var run in await BothAsync(bench))
        {
            run.AssertComplete(bench.Truth());
            Assert.Equal("Window", run.Strategy);
        }
    }

    [Fact]
    public async Task An_instant_of_large_rows_is_walked_where_the_server_ignores_the_slice()
    {
        using var bench = new VerdictBench(new SimulatorOptions { MaxTail = 10_000, IgnoresPagination = true });
        // The newest events show the order of the server's answers.
        bench.Fill(300);
        bench.Server.Events.Add(Enumerable.Range(1_000, 2_500).Select(i => Row(i, TestBench.Newest - 50_000)));
        foreach (var run in await BothAsync(bench))
            run.AssertComplete(bench.Truth());
    }

    [Fact]
    public async Task One_large_answer_is_read_at_a_time()
    {
        using var gate = new SemaphoreSlim(1, 1);
        using var watchdog = new Watchdog(TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        var first = await LargeAsync(gate, watchdog);
        Assert.Equal(0, gate.CurrentCount);
        var second = LargeAsync(gate, watchdog);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await (await second).DisposeAsync();
        Assert.Equal(1, gate.CurrentCount);
    }

    // Reads as much of a value without end as makes an answer large.
    private static async Task<ReadAhead> LargeAsync(SemaphoreSlim gate, Watchdog watchdog)
    {
        var bytes = new MemoryStream(new byte[4 << 20]);
        var body = new BodyStream(bytes, null, watchdog, new ConnectionCounters(), (_, e) => throw e) { LargeAnswers = gate };
        var ahead = new ReadAhead(body, CancellationToken.None);
        while (await ahead.MoreAsync(0))
        {
        }
        return ahead;
    }

    private static VerdictBench Bench(SimulatorOptions options, int rows)
    {
        var bench = new VerdictBench(options);
        bench.Server.Events.Add(Enumerable.Range(0, rows).Select(i => Row(i, TestBench.Newest - (i * 10L))));
        return bench;
    }

    // 10 KB: 18 MiB are some 1,800 of them.
    private static string Row(int number, long time) => $"{TestBench.Event(number, time)[..^1]},\"a\":\"{new string('a', 10_000)}\"}}";

    private static async Task<IReadOnlyList<VerdictRun>> BothAsync(VerdictBench bench) =>
        await bench.BothAsync(VerdictBench.Spec(SearchStrategy.Window)).WaitAsync(s_limit);
}
