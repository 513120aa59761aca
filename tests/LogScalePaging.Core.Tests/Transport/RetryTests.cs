using LogScalePaging.Core.Tests.Support;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Core.Tests.Transport;

public sealed class RetryTests
{
    [Fact]
    public async Task Waits_stay_below_a_ceiling_that_doubles_to_thirty_seconds()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Status(500) },
            o => o with { MaxRetryCount = 12, RetryBudget = TimeSpan.FromHours(1) });
        await rig.FailAsync();
        double[] ceilings = [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30];
        var waits = rig.Time.Skipped.Select(w => w.TotalSeconds).ToList();
        Assert.Equal(12, waits.Count);
        Assert.All(waits.Zip(ceilings), pair => Assert.InRange(pair.First, 0, pair.Second));
        // Twelve random waits that are all the same would be no jitter.
        Assert.True(waits.Distinct().Count() > 6);
    }

    [Fact]
    public async Task The_count_starts_anew_with_every_call()
    {
        var bad = Replies.Status(500);
        var good = Replies.Json("{}");
        using var rig = new Rig(new ScriptedServer(bad, bad, good, bad, bad, good), o => o with { MaxRetryCount = 2 });
        await rig.GetAsync();
        await rig.GetAsync();
        Assert.Equal(6, rig.Server.Requests.Count);
        Assert.Equal(4, rig.Signals.Count(s => s.Kind == SignalKind.Retried));
        // The second call's first wait is short again.
        Assert.InRange(rig.Time.Skipped[2].TotalSeconds, 0, 0.25);
    }

    [Fact]
    public async Task No_repeat_begins_after_the_budget()
    {
        using var rig = new Rig(
            new ScriptedServer { Otherwise = Replies.Status(503, "Retry-After: 120") },
            o => o with { MaxRetryCount = 100, RetryBudget = TimeSpan.FromSeconds(300) });
        var failure = await rig.FailAsync();
        // At 0, 120 and 240 s a repeat is still within the budget; at 360 s it is not.
        Assert.Equal(4, failure.Attempts);
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(300, 200)]
    public async Task A_wait_ends_before_the_content_of_the_request_expires(int seconds, int waited)
    {
        using var rig = new Rig(Replies.Status(429, "Retry-After: 200"), Replies.Json("{}"));
        var start = rig.Time.GetTimestamp();
        var useBy = start + (seconds * rig.Time.TimestampFrequency);
        await rig.Transport.SendAsync(new ApiRequest(HttpMethod.Get, "x") { UseBy = useBy }, (answer, _) => Task.FromResult(answer.Status),
            CancellationToken.None);

        Assert.Equal(waited, rig.Time.GetElapsedTime(start).TotalSeconds, 1.0);
        Assert.Equal(2, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_begins_too_late_takes_as_long_as_the_server_asked()
    {
        using var rig = new Rig(Replies.Status(429, "Retry-After: 200"), Replies.Json("{}"));
        var start = rig.Time.GetTimestamp();
        await rig.Transport.SendAsync(new ApiRequest(HttpMethod.Get, "x") { UseBy = start }, (answer, _) => Task.FromResult(answer.Status),
            CancellationToken.None);

        Assert.Equal(200, rig.Time.GetElapsedTime(start).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task Nothing_is_repeated_for_a_request_that_forbids_it()
    {
        using var rig = new Rig(new ScriptedServer { Otherwise = Replies.Status(500) });
        await rig.FailAsync(new ApiRequest(HttpMethod.Delete, "x") { Retry = false });
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task The_body_and_its_type_are_sent_again_as_they_were()
    {
        using var rig = new Rig(Replies.Status(503), Replies.Json("{}"));
        await rig.PostAsync("""{"queryString":"#a=b"}""");
        Assert.All(rig.Server.Requests, r =>
        {
            Assert.Equal("""{"queryString":"#a=b"}""", r.Body);
            Assert.Equal("application/json", r.Headers["Content-Type"]);
            Assert.Equal("application/json", r.Headers["Accept"]);
            Assert.Equal($"Bearer {Rig.Token}", r.Authorization);
            Assert.Equal(ToolInfo.NameAndVersion, r.Headers["User-Agent"]);
            Assert.DoesNotContain("Expect", r.Headers.Keys);
        });
    }

    [Fact]
    public async Task Every_request_has_its_line_and_every_repeat_its_reason()
    {
        using var rig = new Rig(Replies.Text(502, "oops"), Replies.Json("{}"));
        await rig.GetAsync("api/v1/repositories/r/queryjobs/x?paginationLimit=5");
        Assert.Collection(rig.Signals,
            s => Assert.Equal((SignalKind.Request, "GET api/v1/repositories/r/queryjobs/x 502 in 0 ms, 4 B"), (s.Kind, s.Message)),
            s =>
            {
                Assert.Equal(SignalKind.Retried, s.Kind);
                Assert.Matches(@"^GET api/v1/repositories/r/queryjobs/x is repeated in 0(\.\d+)? s \(retry 1 of 6\): ServerError \(502\)$",
                    s.Message);
            },
            s => Assert.Equal((SignalKind.Request, "GET api/v1/repositories/r/queryjobs/x 200 in 0 ms, 2 B"), (s.Kind, s.Message)));
    }

    [Fact]
    public async Task A_view_has_its_own_log_and_closes_nothing()
    {
        using var rig = new Rig(Replies.Json("{}"), Replies.Json("{}"));
        var log = new SignalLog();
        using (var view = rig.Transport.With(log))
            await view.SendAsync(new ApiRequest(HttpMethod.Get, "x"), Rig.ReadAllAsync, CancellationToken.None);
        Assert.Equal(1, log.CountOf(SignalKind.Request));
        Assert.Empty(rig.Signals);
        await rig.GetAsync();
        Assert.Equal(1, rig.Server.Accepted);
    }

    [Fact]
    public async Task The_policy_serves_other_exceptions_as_well()
    {
        var time = new ManualTimeProvider { SkipUpTo = TimeSpan.FromMinutes(1) };
        var (asked, told) = (0, new List<string>());
        var policy = RetryPolicy.Create("test", 2, time,
            (_, _) => new(++asked > 0),
            _ => TimeSpan.FromSeconds(7),
            (e, attempt, wait) => told.Add($"{e.Message} {attempt} {wait.TotalSeconds}"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await policy.ExecuteAsync(_ => throw new InvalidOperationException("no")));
        Assert.Equal(["no 1 7", "no 2 7"], told);
        // Not after the last: there is nothing to decide then.
        Assert.Equal(2, asked);
    }
}
