using LogScalePaging.Axiom;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Axiom;

/// <summary>Walks over every setting of the simulated Axiom that concerns an undisturbed walk.</summary>
public sealed class AxiomWalkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(200)]
    [InlineData(345)]
    public async Task Every_event_comes_once_in_both_orders_and_by_each_paging(int count)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = count, Ties = count / 4, Duplicates = 5 });
        foreach (var paging in new[] { AxiomPaging.Auto, AxiomPaging.Time, AxiomPaging.Cursor, AxiomPaging.Window })
        {
            foreach (var oldestFirst in new[] { false, true })
            {
                var (events, verdict) = await bench.WalkAsync(bench.Request with { Paging = paging, OldestFirst = oldestFirst });
                bench.AssertAll(events, oldestFirst);
                Assert.Equal((CompletenessState.Complete, "the count agrees"), (verdict.State, verdict.Reason));
            }
        }
    }

    [Theory]
    [InlineData(false, AxiomFormat.Tabular)]
    [InlineData(true, AxiomFormat.Tabular)]
    [InlineData(false, AxiomFormat.Legacy)]
    [InlineData(true, AxiomFormat.Legacy)]
    public async Task Fifty_thousand_events_with_three_thousand_in_one_instant_come_once(bool endInclusive, AxiomFormat format)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions
        {
            EventCount = 50_000,
            CrowdSize = 3_000,
            Ties = 5_000,
            Duplicates = 500,
            EndInclusive = endInclusive,
            Format = format,
            ShuffleTies = true,
            CursorOverrun = 70,
        });
        foreach (var paging in new[] { AxiomPaging.Time, AxiomPaging.Cursor, AxiomPaging.Window })
        {
            foreach (var oldestFirst in new[] { false, true })
            {
                var (events, verdict) = await bench.WalkAsync(
                    bench.Request with { PageSize = 1_000, Paging = paging, OldestFirst = oldestFirst });
                bench.AssertAll(events, oldestFirst);
                Assert.Equal(CompletenessState.Complete, verdict.State);
            }
        }
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_000_000, false)]
    [InlineData(1_000_000, true)]
    public async Task Ends_that_the_server_cuts_to_coarser_times_lose_nothing(long resolution, bool endInclusive)
    {
        using var bench = new AxiomBench(
            new AxiomSimulatorOptions { EventCount = 500, Ties = 100, RangeResolution = resolution, EndInclusive = endInclusive });
        foreach (var oldestFirst in new[] { false, true })
        {
            var (events, verdict) = await bench.WalkAsync(bench.Request with { OldestFirst = oldestFirst });
            bench.AssertAll(events, oldestFirst);
            Assert.Equal(CompletenessState.Complete, verdict.State);
        }
    }

    [Fact]
    public async Task Events_at_the_very_ends_of_the_range_are_those_that_the_server_counts()
    {
        foreach (var endInclusive in new[] { false, true })
        {
            // The crowd stands in the middle: its instant is the end of the range.
            using var bench = new AxiomBench(
                new AxiomSimulatorOptions { EventCount = 300, CrowdSize = 30, Ties = 0, EndInclusive = endInclusive });
            var middle = bench.Server.Start.AddMinutes(30).ToUnixTimeMilliseconds();
            var (events, verdict) = await bench.WalkAsync(bench.Request with { End = new(middle, null), PageSize = 20 });
            var (later, second) = await bench.WalkAsync(bench.Request with { Start = new(middle, null), PageSize = 20 });

            Assert.Equal((CompletenessState.Complete, CompletenessState.Complete), (verdict.State, second.State));
            Assert.Equal(300 + (endInclusive ? 30 : 0), events.Count + later.Count);
        }
    }

    [Fact]
    public async Task A_server_that_returns_fewer_rows_than_are_asked_for_loses_none()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 3_500, Ties = 500, MaxRows = 1_000 });
        foreach (var paging in new[] { AxiomPaging.Time, AxiomPaging.Cursor })
        {
            var (events, verdict) = await bench.WalkAsync(bench.Request with { PageSize = 5_000, Paging = paging });
            bench.AssertAll(events);
            Assert.Equal(CompletenessState.Complete, verdict.State);
        }
    }

    [Fact]
    public async Task An_instant_beyond_the_limit_of_the_server_never_ends_complete()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 4_000, CrowdSize = 2_500, MaxRows = 1_000 });
        var (events, verdict) = await bench.WalkAsync(bench.Request with { PageSize = 1_000 });

        Assert.Equal(2_500, events.Count);
        Assert.Equal((CompletenessState.Incomplete, 1_500L), (verdict.State, verdict.Missing));
    }

    [Fact]
    public async Task An_instant_that_no_query_can_hold_breaks_the_walk_with_a_clear_error()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 70_000, CrowdSize = 69_000 });
        var error = await Assert.ThrowsAsync<PagingException>(() => bench.WalkAsync(bench.Request with { PageSize = 30_000 }));

        Assert.Contains("65,000 or more events have the time 2026-05-01T11:30:00.000000000Z", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Checkpoint);
    }

    [Fact]
    public async Task Both_forms_of_answers_give_the_same_bytes()
    {
        using var bench = new AxiomBench();
        bench.Options.Format = AxiomFormat.Tabular;
        var (tabular, _) = await bench.WalkAsync(bench.Request);
        bench.Options.Format = AxiomFormat.Legacy;
        var (legacy, verdict) = await bench.WalkAsync(bench.Request);

        Assert.Equal(tabular.Select(e => e.ToString()), legacy.Select(e => e.ToString()));
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Contains(tabular, e => e.ToString().Contains("\"big\":9007199254740", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("['demo'] | where status == 400", 50)]
    [InlineData("['demo'] | where level == \"error\" // | take 5", 63)]
    [InlineData("['demo'] | project _time, big", 250)]
    public async Task A_query_of_single_events_is_read_in_pages(string query, int expected)
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 250, Ties = 20, Duplicates = 0 });
        var (events, verdict) = await bench.WalkAsync(bench.Request with { Query = query, PageSize = 30 });

        Assert.InRange(events.Count, expected - 1, expected + 1);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.True(bench.Pages > 1);
    }

    [Theory]
    [InlineData("['demo'] | summarize count() by level", 4)]
    [InlineData("['demo'] | where status >= 300 | distinct status", 4)]
    [InlineData("['demo'] | limit 7", 7)]
    [InlineData("['demo'] | sort by _time asc | take 9", 9)]
    [InlineData("['demo'] | project big", 250)]
    [InlineData("['demo'] | count", 1)]
    public async Task Any_other_query_comes_whole_in_one_answer_and_is_counted(string query, int expected)
    {
        using var bench = new AxiomBench();
        var (rows, verdict) = await bench.WalkAsync(bench.Request with { Query = query, PageSize = 30 });

        Assert.Equal(expected, rows.Count);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        Assert.Equal(1, bench.Server.Requests.Count(r => r.Body.Contains("limit 65000", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_query_that_comes_whole_and_is_too_large_is_refused_with_the_reason()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 66_000 });
        var error = await Assert.ThrowsAsync<PagingException>(
            () => bench.WalkAsync(bench.Request with { Query = "['demo'] | project big" }));
        Assert.Contains("project removes _time, which is needed to read pages", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AxiomPaging.Time)]
    [InlineData(AxiomPaging.Cursor)]
    public void A_paging_that_the_query_does_not_allow_is_refused(AxiomPaging paging)
    {
        using var bench = new AxiomBench();
        var error = Assert.Throws<ArgumentException>(
            () => bench.Connection.Open(bench.Request with { Query = "['demo'] | top 5 by big", Paging = paging }, bench.Signals));
        Assert.Contains("the query uses top", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Server.RequestCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(249)]
    public async Task A_limit_returns_the_first_events_of_the_order(int most)
    {
        using var bench = new AxiomBench();
        var (events, verdict) = await bench.WalkAsync(bench.Request with { MaxEvents = most });

        Assert.Equal(bench.Expected().Take(most).Select(e => e.Time), events.Select(e => AxiomBench.Value(e, "_time")));
        Assert.Equal(CompletenessState.Complete, verdict.State);
    }

    [Fact]
    public async Task An_organisation_is_named_where_there_is_one()
    {
        using var bench = new AxiomBench(new AxiomSimulatorOptions { EventCount = 5, OrganisationId = "org-1" });
        var (events, _) = await bench.WalkAsync(bench.Request);
        Assert.Equal(5, events.Count);
    }

    [Fact]
    public async Task Relative_times_are_resolved_once_for_all_requests_of_a_search()
    {
        using var bench = new AxiomBench();
        await bench.WalkAsync(bench.Request with { Start = new(null, "2h"), End = new(null, "now") });
        var starts = bench.Server.Requests.Select(
            r => System.Text.Json.JsonDocument.Parse(r.Body).RootElement.GetProperty("startTime").GetString()).Distinct();
        Assert.Single(starts);
    }
}
