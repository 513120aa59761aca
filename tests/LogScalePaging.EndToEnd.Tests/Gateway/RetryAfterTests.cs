using System.Globalization;
using System.Text.RegularExpressions;
using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>For every form of Retry-After, the waits are reasonable and all requests succeed.</summary>
public sealed partial class RetryAfterTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

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
        using var connection = bench.Connect(
            o => o with { Time = time, Timeout = TimeSpan.FromHours(1), RetryBudget = TimeSpan.FromDays(1), MaxRetryCount = 100 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => GatewayBench.AskAsync(connection, bench.Signals)));
        Assert.All(answers, status => Assert.Equal(200, status));
        var waits = bench.Told.Where(s => s.Kind == SignalKind.RateLimited).Select(
            s => double.Parse(Wait().Match(s.Message).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(waits);
        Assert.All(waits, wait => Assert.InRange(wait, 0, longest));
        if (form == RetryAfterForm.Absurd)
            Assert.All(waits, wait => Assert.Equal(300, wait));
        // There are some refusals, but not many times more requests than needed.
        Assert.InRange(bench.Server.RequestCount, 11, 80);
        // The sign-in has a separate pool, so the wait does not affect it.
        Assert.InRange(bench.Server.TokenRequests, 1, 5);
    }

    /// <summary>The clock stands still, so whatever ends does not depend on time.</summary>
    [Theory]
    [InlineData(RetryAfterForm.Absurd)]
    [InlineData(RetryAfterForm.Date)]
    [InlineData(RetryAfterForm.None)]
    public async Task Cancelling_ends_a_wait_at_once(RetryAfterForm form)
    {
        var time = new ManualTimeProvider();
        using var bench = new GatewayBench(o =>
        {
            o.TimeProvider = time;
            (o.Gateway!.RateLimitPerMinute, o.Gateway.RetryAfter) = (1, form);
        });
        using var connection = bench.Connect(o => o with { Time = time });
        await GatewayBench.AskAsync(connection);
        using var stop = new CancellationTokenSource();
        var limited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Signals.Emitted += signal =>
        {
            if (signal.Kind == SignalKind.Retried)
                limited.TrySetResult();
        };
        // One waits to repeat, the others for the quiet to end, the last ones for a place.
        var waiting = Enumerable.Range(0, 20).Select(_ => GatewayBench.AskAsync(connection, bench.Signals, stop.Token)).ToList();
        await limited.Task.WaitAsync(s_limit);
        await stop.CancelAsync();
        foreach (var task in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(s_limit));
        Assert.Equal(0, connection.Transport.Governor.UnderWay);
    }

    /// <summary>The clean-up at the end keeps to what the server asked for, and so does not wait for what comes too late for it.</summary>
    [Fact]
    public async Task An_export_that_is_cancelled_while_it_must_be_quiet_ends_at_once_and_names_its_jobs()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(TestBench.Newest + 1000));
        using var bench = new GatewayBench(o => (o.TimeProvider, o.PollAfterMs) = (time, 0)).Fill(3_000);
        bench.Server.Faults.Add(Fault.TooManyRequests(200), RequestKind.Poll, nth: 12, times: int.MaxValue);
        using var connection = bench.Connect(o => o with { Time = time });
        using var stop = new CancellationTokenSource();
        bench.Signals.Emitted += signal =>
        {
            if (signal.Kind == SignalKind.Retried)
                stop.Cancel();
        };
        var target = new ExportTarget { Path = folder.In("events.ndjson"), Format = ExportFormat.NdJson };
        var result = await new ExportRun(connection, new ExportRequest(TestBench.Spec(), target), bench.Signals).RunAsync(stop.Token)
            .WaitAsync(s_limit);
        Assert.True(result.Interrupted);
        Assert.Equal(bench.Signals.CountOf(SignalKind.JobOrphaned), bench.Server.LiveJobCount);
    }

    [GeneratedRegex("wait for ([0-9.]+) s")]
    private static partial Regex Wait();
}
