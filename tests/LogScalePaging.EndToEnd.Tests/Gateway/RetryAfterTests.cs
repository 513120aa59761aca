using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Paging;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>Whatever the gateway says about when to come again, the waits are sane and everything gets through.</summary>
public sealed partial class RetryAfterTests
{
    [Theory]
    [InlineData(RetryAfterForm.Seconds, 60)]
    [InlineData(RetryAfterForm.Date, 61)]
    [InlineData(RetryAfterForm.EpochSeconds, 61)]
    [InlineData(RetryAfterForm.EpochMilliseconds, 61)]
    [InlineData(RetryAfterForm.Past, 30)]
    [InlineData(RetryAfterForm.Absurd, 300)]
    [InlineData(RetryAfterForm.None, 30)]
    public async Task Each_form_is_understood(RetryAfterForm form, double longest)
    {
        var time = new FastTimeProvider(400);
        using var bench = new GatewayBench(o =>
        {
            o.TimeProvider = time;
            o.Gateway!.RateLimitPerMinute = 4;
            o.Gateway.RetryAfter = form;
        });
        using var connection = bench.Connect(o => o with { Time = time, Timeout = TimeSpan.FromHours(1), RetryBudget = TimeSpan.FromDays(1), MaxRetryCount = 100 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GatewayBench.AskAsync(connection, bench.Signals)));
        Assert.All(answers, status => Assert.Equal(200, status));
        var waits = bench.Told.Where(s => s.Kind == SignalKind.RateLimited).Select(s => double.Parse(Wait().Match(s.Message).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(waits);
        Assert.All(waits, wait => Assert.InRange(wait, 0, longest));
        if (form == RetryAfterForm.Absurd)
            Assert.All(waits, wait => Assert.Equal(300, wait));
        // No storm: some refusals are the price of asking at all, a multiple of the requests is not.
        Assert.InRange(bench.Server.RequestCount, 11, 80);
        // The sign-in has a pool of its own and is not drawn into it.
        Assert.InRange(bench.Server.TokenRequests, 1, 5);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_of_minutes_at_once()
    {
        using var bench = new GatewayBench(o =>
        {
            o.Gateway!.RateLimitPerMinute = 1;
            o.Gateway.RetryAfter = RetryAfterForm.Absurd;
        });
        using var connection = bench.Connect();
        await GatewayBench.AskAsync(connection);
        using var stop = new CancellationTokenSource();
        var limited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Signals.Emitted += signal =>
        {
            if (signal.Kind == SignalKind.Retried)
                limited.TrySetResult();
        };
        // The minute may have turned in between: then the second request is still let through.
        var waiting = Enumerable.Range(0, 3).Select(_ => GatewayBench.AskAsync(connection, bench.Signals, stop.Token)).ToList();
        await limited.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var start = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        foreach (var task in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(TimeSpan.FromSeconds(30))).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Contains(waiting, task => task.IsCanceled);
    }

    [GeneratedRegex("wait for ([0-9.]+) s")]
    private static partial Regex Wait();
}
