using LogScalePaging.Axiom;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.EndToEnd.Tests.Axiom;

/// <summary>Network faults, and answers that say that they are partial.</summary>
public sealed class AxiomFaultTests
{
    public static TheoryData<string> Repaired => ["cut", "html", "json", "reset", "503", "429", "430", "errors"];

    [Theory]
    [MemberData(nameof(Repaired))]
    public async Task A_fault_that_goes_away_ends_complete_at_every_position(string name)
    {
        for (var nth = 1; nth <= 6; nth++)
        {
            foreach (var paging in new[] { AxiomPaging.Time, AxiomPaging.Cursor, AxiomPaging.Window })
            {
                using var bench = new AxiomBench();
                bench.Options.Faults.Add(Named(name), nth: nth, times: 2);
                var (events, verdict) = await bench.WalkAsync(bench.Request with { Paging = paging });
                bench.AssertAll(events);
                Assert.Equal(CompletenessState.Complete, verdict.State);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_quota_is_waited_for_until_it_is_renewed(bool ofQueries)
    {
        using var bench = new AxiomBench(speed: 100);
        (bench.Options.QueryLimitPerMinute, bench.Options.RateLimitPerMinute) = ofQueries ? (3, 0) : (0, 3);
        var (events, verdict) = await bench.WalkAsync(bench.Request with { PageSize = 30 });

        bench.AssertAll(events);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(bench.Server.Requests, r => r.Status == (ofQueries ? 430 : 429));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_partial_answer_is_asked_for_again(int times)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 250, PartialAnswers = times });
        var (events, verdict) = await bench.WalkAsync(bench.Request);

        bench.AssertAll(events);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Equal(times, bench.Signals.CountOf(SignalKind.AnswerReread));
    }

    [Fact]
    public async Task An_answer_that_stays_partial_is_never_complete()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 90, PartialAnswers = int.MaxValue });
        var (events, verdict) = await bench.WalkAsync(bench.Request);

        Assert.Equal(60, events.Count);
        Assert.Equal((CompletenessState.Incomplete, 30L), (verdict.State, verdict.Missing));
        Assert.Contains(bench.Signals.Warnings, w => w.Message.Contains("its answer is partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_of_the_server_is_a_doubt_although_the_count_agrees()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 90, Messages = ["a shard was skipped"] });
        var (_, verdict) = await bench.WalkAsync(bench.Request);

        Assert.Equal(CompletenessState.Unverified, verdict.State);
        Assert.Contains("a shard was skipped", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, CompletenessState.Complete)]
    [InlineData(int.MaxValue, CompletenessState.Unverified)]
    public async Task A_count_that_is_an_estimate_proves_nothing(int times, CompletenessState state)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 250, EstimatedCounts = times });
        var (events, verdict) = await bench.WalkAsync(bench.Request);

        bench.AssertAll(events);
        Assert.Equal(state, verdict.State);
    }

    [Theory]
    [InlineData(AxiomPaging.Time)]
    [InlineData(AxiomPaging.Cursor)]
    [InlineData(AxiomPaging.Window)]
    public async Task A_lost_event_never_ends_complete(AxiomPaging paging)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 250, HiddenEvents = 1 });
        var (events, verdict) = await bench.WalkAsync(bench.Request with { Paging = paging });

        Assert.Equal(249, events.Count);
        Assert.Equal((CompletenessState.Incomplete, 1L), (verdict.State, verdict.Missing));
    }

    // A count that comes after the first page would have events that are not on it.
    [Theory]
    [InlineData(AxiomPaging.Auto, false)]
    [InlineData(AxiomPaging.Auto, true)]
    [InlineData(AxiomPaging.Time, true)]
    [InlineData(AxiomPaging.Cursor, true)]
    public async Task Events_that_arrive_late_are_reported(AxiomPaging paging, bool isCountSlow)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 250, LateEvents = 3 }, speed: 1);
        if (isCountSlow)
        {
            bench.Options.Faults.Add(
                new FaultRule
                {
                    Fault = Fault.TooManyRequests(1),
                    When = r => r.Body.Contains("| count", StringComparison.Ordinal)
                });
        }
        var (events, verdict) = await bench.WalkAsync(bench.Request with { Paging = paging });

        Assert.Equal(247, events.Count);
        Assert.Equal((CompletenessState.Complete, 3L), (verdict.State, verdict.Late));
    }

    [Fact]
    public async Task A_result_that_is_not_counted_is_unverified()
    {
        using var bench = new AxiomBench();
        var (events, verdict) = await bench.WalkAsync(bench.Request with { NoVerify = true });

        bench.AssertAll(events);
        Assert.Equal((CompletenessState.Unverified, "no count was requested"), (verdict.State, verdict.Reason));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(400)]
    public async Task A_refusal_in_mid_walk_keeps_what_was_read(int status)
    {
        using var bench = new AxiomBench();
        bench.Options.Faults.Add(
            new FaultRule
            {
                Fault = Fault.Status(status, "no more"),
                Times = int.MaxValue,
                When = r => r.Body.Contains("limit", StringComparison.Ordinal)
                    && !r.Body.Contains("endTime\":\"2026-05-01T12:00:01", StringComparison.Ordinal)
            });
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(bench.Request));

        Assert.InRange(error.Received, 90, 100);
        Assert.NotNull(error.Checkpoint);
        Assert.Equal(status, Assert.IsType<ApiException>(error.InnerException).Status);
    }

    [Fact]
    public async Task A_dataset_that_does_not_exist_is_named()
    {
        using var bench = new AxiomBench();
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(bench.Request with { Query = "['other']" }));
        Assert.Contains("The dataset 'other' was not found (404)", error.Message, StringComparison.Ordinal);
    }

    private static Fault Named(string name) => name switch
    {
        "cut" => Fault.CutBody(),
        "html" => Fault.Html,
        "json" => Fault.WrongJson,
        "reset" => Fault.ResetAfter,
        "503" => Fault.Status(503, "unavailable"),
        "429" => Fault.Status(429, "rate limit exceeded"),
        "430" => Fault.Status(430, "query limit exceeded"),
        _ => Fault.ErrorsInOk(500, "internal error"),
    };
}
