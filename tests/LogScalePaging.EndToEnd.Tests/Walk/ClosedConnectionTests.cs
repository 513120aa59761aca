using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>The error of a search whose connection is closed.</summary>
public sealed class ClosedConnectionTests
{
    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    public async Task While_it_reads(SearchStrategy strategy)
    {
        using var bench = Bench();
        var closed = CloseWhileTheSixthJobIsMade(bench);
        await using var search = new LogScaleSearch(bench.Connection,
            new SearchSpec(TestBench.Query) { Start = QueryTime.Parse("1d"), Strategy = strategy }, bench.Signals);
        var error = await Assert.ThrowsAsync<PagingException>(async () =>
        {
            await foreach (var page in search.PagesAsync(null, default))
                Assert.NotEmpty(page.Items);
        });
        Assert.Equal(PagingErrorKind.RequestFailed, error.Kind);
        Assert.Equal(ApiErrorKind.Closed, Assert.IsAssignableFrom<ApiException>(error.InnerException).Kind);
        Assert.Contains("was closed", error.Message, StringComparison.Ordinal);
        await closed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    public async Task No_job_is_left_on_the_server(SearchStrategy strategy)
    {
        using var bench = Bench();
        var closed = CloseWhileTheSixthJobIsMade(bench);
        await using var search = new LogScaleSearch(bench.Connection,
            new SearchSpec(TestBench.Query) { Start = QueryTime.Parse("1d"), Strategy = strategy }, bench.Signals);
        await Assert.ThrowsAsync<PagingException>(async () =>
        {
            await foreach (var page in search.PagesAsync(null, default))
                Assert.NotEmpty(page.Items);
        });
        await closed.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Fact]
    public async Task Before_a_request()
    {
        using var bench = new TestBench();
        bench.Connection.Dispose();
        var client = bench.Connection.Client(bench.Signals);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.DeleteAsync("job", default));
        Assert.Equal((ApiErrorKind.Closed, false), (error.Kind, error.IsTransient));
        Assert.Empty(bench.Server.Requests);
    }

    // The walk takes 200 jobs, so that it does not end before a busy computer begins to close the connection.
    private static TestBench Bench() => new TestBench(new SimulatorOptions { MaxTail = 100 }).Fill(20_000);

    // The job exists, and its answer is not sent yet.
    private static Task CloseWhileTheSixthJobIsMade(TestBench bench)
    {
        var (creates, closed) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        bench.Server.RequestHandled += r =>
        {
            if (r.Kind != RequestKind.Create || Interlocked.Increment(ref creates) != 6)
                return;
            var begins = 0;
            new Thread(() =>
            {
                Volatile.Write(ref begins, 1);
                bench.Connection.Dispose();
                closed.SetResult();
            }).Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref begins) == 1);
        };
        return closed.Task;
    }
}
