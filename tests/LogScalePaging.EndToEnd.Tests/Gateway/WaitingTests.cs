using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>Waiting workers use no thread.</summary>
[Collection(nameof(AloneCollection))]
public sealed class WaitingTests
{
    private const int Workers = 200;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_hundred_waiting_workers_share_a_handful_of_threads()
    {
        // Client and server share these threads. If each waiting worker held one, no worker could continue.
        ThreadPool.GetMaxThreads(out var most, out var ports);
        var few = Math.Max(6, Environment.ProcessorCount);
        Assert.True(ThreadPool.SetMaxThreads(few, ports));
        // Of the tests before, which end when they find nothing to do.
        var before = ThreadPool.ThreadCount;
        try
        {
            var time = new ManualTimeProvider();
            using var bench = new TestBench(
                transport: o => o with
                {
                    ThrottleLimit = Workers,
                    MaxRetryCount = 100,
                    Timeout = TimeSpan.FromHours(1),
                    RetryBudget = TimeSpan.FromDays(1),
                    Time = time
                }).Fill(10);
            using var arrived = new CountdownEvent(Workers);
            bench.Server.RequestHandled += r =>
            {
                if (r.Fault?.Kind == FaultKind.Hang)
                    arrived.Signal();
            };
            bench.Server.Faults.Add(Fault.Hang, times: Workers);
            var transport = bench.Connection.Transport;
            var all = Task.WhenAll(
                Enumerable.Range(0, Workers).Select(_ => bench.Connection.Client(bench.Signals).HeartbeatAsync("none", default)).Select(
                    NoSuchJob));

            // On a separate thread, because the pool has no free one.
            await Task.Factory.StartNew(() => Assert.True(arrived.Wait(s_limit)), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            Assert.Equal(Workers, transport.Governor.UnderWay);
            Assert.InRange(ThreadPool.ThreadCount, 0, Math.Max(before, few) + 2);

            // They give up on it all at once, wait again before they try again, and then for the quiet that the server asks for.
            bench.Server.Faults.Add(Fault.TooManyRequests(120), times: 20);
            time.Advance(TimeSpan.FromHours(1));
            // A wait is shorter than the timeout of a request. The timers of the last workers may have started before this loop looks.
            while (!all.IsCompleted)
            {
                if (time.HasTimerWithin(TimeSpan.FromMinutes(10)))
                    time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
            await all;
            Assert.Equal(0, transport.Governor.UnderWay);
        }
        finally
        {
            ThreadPool.SetMaxThreads(most, ports);
        }
    }

    private static async Task NoSuchJob(Task<QueryResult> beat) => await Assert.ThrowsAsync<JobLostException>(() => beat);
}
