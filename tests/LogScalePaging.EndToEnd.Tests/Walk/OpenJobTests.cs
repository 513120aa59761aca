using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.LogScale.Strategies;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

public sealed class OpenJobTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_job_outlives_a_slow_reader_and_not_the_end_of_the_reading()
    {
        var time = new ManualTimeProvider();
        using var bench = new TestBench(new SimulatorOptions { TimeProvider = time }, o => o with { Time = time }).Fill(10);
        using var beats = new SemaphoreSlim(0);
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind == RequestKind.Heartbeat)
                beats.Release();
        };
        var client = bench.Connection.Client(bench.Signals);
        var open = new OpenJob(client, await client.CreateAsync(new QueryJobSpec(TestBench.Query), default));

        await using (open.KeepAlive())
        {
            // Twice the lifetime of a job that is not polled.
            for (var beat = 0; beat < 12; beat++)
            {
                // A beat whose last one is still under way is left out: then the next one comes an interval later, long before the job
                // dies.
                do
                    time.Advance(JobHeartbeat.Interval);
                while (!await beats.WaitAsync(TimeSpan.FromSeconds(1)) && bench.Server.LiveJobCount == 1);
            }
            Assert.Equal(1, bench.Server.LiveJobCount);
        }

        time.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal(0, bench.Server.LiveJobCount);
        Assert.InRange(bench.Server.Jobs[0].Heartbeats, 8, 60);
    }

    [Fact]
    public async Task A_failed_heartbeat_is_ignored()
    {
        var time = new ManualTimeProvider();
        using var bench = new TestBench(transport: o => o with { Time = time, MaxRetryCount = 0 }).Fill(10);
        var client = bench.Connection.Client(bench.Signals);
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Signals.Emitted += s =>
        {
            if (s.Kind == SignalKind.HeartbeatFailed)
                failed.TrySetResult();
        };

        await using (new OpenJob(client, "no-such-job").KeepAlive())
        {
            time.Advance(JobHeartbeat.Interval);
            await failed.Task.WaitAsync(s_limit);
        }

        Assert.Empty(bench.Signals.Warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    [InlineData(1000)]
    public async Task The_buffer_is_complete_and_the_job_stays(int pageSize)
    {
        using var bench = new TestBench().Fill(250);
        var client = bench.Connection.Client(bench.Signals);
        var open = new OpenJob(client,
            await client.CreateAsync(new QueryJobSpec(TestBench.Query) { Start = QueryTime.Parse("1d") }, default));

        var done = await open.WaitAsync(null, default);
        var pages = new List<Page<Record>>();
        await foreach (var page in open.PagesAsync(new BufferStrategy(pageSize), null, default))
            pages.Add(page);

        Assert.True(done.Metadata.HasMoreEvents);
        Assert.Equal(200, pages.SelectMany(p => p.Items).Select(e => e.Id).Distinct().Count());
        Assert.Equal(EndReason.BufferEnd, pages[^1].Info.End!.Reason);
        Assert.Equal(1, bench.Server.LiveJobCount);
    }
}
