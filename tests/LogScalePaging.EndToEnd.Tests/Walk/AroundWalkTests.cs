using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>A walk returns every event exactly once, newest first, for every behaviour of a server that no source describes.</summary>
public sealed class AroundWalkTests
{
    /// <summary>Both ways of every point that PROTOCOLS calls assumed: a full cross product.</summary>
    public static TheoryData<bool, bool, AroundHasMoreMode, EventOrder, bool> Servers()
    {
        var data = new TheoryData<bool, bool, AroundHasMoreMode, EventOrder, bool>();
        foreach (var (repeats, counts) in new[] { (false, false), (true, false), (true, true) })
        {
            foreach (var more in Enum.GetValues<AroundHasMoreMode>())
            {
                foreach (var order in Enum.GetValues<EventOrder>())
                {
                    data.Add(repeats, counts, more, order, true);
                    data.Add(repeats, counts, more, order, false);
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Five_thousand_events_with_a_crowded_millisecond(bool repeats, bool counts, AroundHasMoreMode more, EventOrder order,
        bool clips)
    {
        using var bench = new TestBench(Server(repeats, counts, more, order, clips)).Fill(5_000, crowd: 450);
        AddOutOfRange(bench);
        Assert.Equal(5_000, await WalkWhole(bench, 200));
        Assert.True(bench.Server.Jobs.Count < 40, $"{bench.Server.Jobs.Count} jobs for 26 pages");
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_page_smaller_than_the_crowd(bool repeats, bool counts, AroundHasMoreMode more, EventOrder order, bool clips)
    {
        using var bench = new TestBench(Server(repeats, counts, more, order, clips)).Fill(600, crowd: 250);
        AddOutOfRange(bench);
        Assert.Equal(600, await WalkWhole(bench, 60));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Everything_in_one_millisecond(bool repeats, bool counts, AroundHasMoreMode more, EventOrder order, bool clips)
    {
        using var bench = new TestBench(Server(repeats, counts, more, order, clips)).Fill(700, crowd: 700);
        AddOutOfRange(bench);
        Assert.Equal(700, await WalkWhole(bench, 100));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 200)]
    [InlineData(199, 200)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(400, 200)]
    [InlineData(401, 200)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(201, 1)]
    [InlineData(230, 1)]
    [InlineData(199, 7)]
    [InlineData(207, 7)]
    [InlineData(401, 7)]
    [InlineData(200, 1000)]
    [InlineData(201, 1000)]
    [InlineData(1401, 1000)]
    public async Task Counts_and_page_sizes_at_the_edges(int count, int pageSize)
    {
        foreach (var (repeats, counts) in new[] { (false, false), (true, false), (true, true) })
        {
            foreach (var order in Enum.GetValues<EventOrder>())
            {
                using var bench = new TestBench(Server(repeats, counts, AroundHasMoreMode.AlwaysFalse, order, clips: false)).Fill(count,
                    crowd: count / 3);
                AddOutOfRange(bench);
                Assert.Equal(count, await WalkWhole(bench, pageSize));
            }
        }
    }

    [Fact]
    public async Task A_server_that_caps_around_below_the_page_size()
    {
        var options = Server(repeats: true, counts: true, AroundHasMoreMode.AlwaysFalse, EventOrder.NewestFirst, clips: true);
        options.AroundMax = 50;
        using var bench = new TestBench(options).Fill(900, crowd: 120);
        Assert.Equal(900, await WalkWhole(bench, 1000));
    }

    [Fact]
    public async Task The_range_is_pinned_and_no_relative_time_is_sent_twice()
    {
        using var bench = new TestBench(
            new SimulatorOptions { JobDuration = TimeSpan.FromMilliseconds(30), MaxIngestLatencyMs = 172_800_000 }).Fill(1_000);
        await WalkWhole(bench, 200);
        var bodies = bench.Server.Requests.Where(r => r.Kind == RequestKind.Create).Select(r => r.Body).ToList();
        Assert.Contains("\"start\":\"1d\"", bodies[0]);
        Assert.All(bodies.Skip(1), body =>
        {
            Assert.DoesNotContain("\"1d\"", body);
            Assert.DoesNotContain("\"now\"", body);
        });
        Assert.Single(bench.Server.Jobs.Select(j => (j.StartMs, j.EndMs)).Distinct());
    }

    [Theory]
    [InlineData(SearchStrategy.Auto)]
    [InlineData(SearchStrategy.Around)]
    [InlineData(SearchStrategy.Window)]
    public async Task Identical_rows_are_complete_if_they_fit_into_one_answer(SearchStrategy strategy)
    {
        using var bench = new TestBench().Fill(180);
        var outcome = await bench.WalkAsync(
            TestBench.Spec(TestBench.Query + " | select([#event_simpleName])") with { Strategy = strategy });
        Assert.Null(outcome.Error);
        Assert.Equal(Enumerable.Repeat("""{"#event_simpleName":"ProcessRollup2"}""", 180), outcome.Events);
        // All events were received, but a repeated row cannot be distinguished from a missing one.
        Assert.Equal((CompletenessState.Unverified, 0), (outcome.Verdict.State, outcome.Verdict.Missing));
        Assert.Contains("@id", outcome.Verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(0, outcome.JobsLeft);
    }

    [Fact]
    public async Task Without_verification_no_count_is_asked_for()
    {
        using var bench = new TestBench().Fill(450);
        var outcome = await bench.WalkAsync(TestBench.Spec() with { NoVerify = true });
        Assert.Equal(450, outcome.Events.Count);
        Assert.Equal(CompletenessState.Unverified, outcome.Verdict.State);
        Assert.DoesNotContain(bench.Server.Jobs, j => j.QueryString.Contains("count()", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_limit_takes_the_newest_events()
    {
        using var bench = new TestBench().Fill(1_000);
        var outcome = await bench.WalkAsync(TestBench.Spec() with { MaxEvents = 333 });
        Assert.Equal(bench.Server.Events.Matching(TestBench.Query).Take(333), outcome.Events);
        Assert.Equal(CompletenessState.Complete, outcome.Verdict.State);
        Assert.Equal(EndReason.Limit, outcome.Pages[^1].Info.End?.Reason);
        Assert.Equal(0, outcome.JobsLeft);
    }

    private static SimulatorOptions Server(bool repeats, bool counts, AroundHasMoreMode more, EventOrder order, bool clips) => new()
    {
        AroundRepeatsAnchor = repeats,
        AroundAnchorCountsTowardsLimit = counts,
        AroundHasMore = more,
        AroundOrder = order,
        AroundClips = clips,
    };

    // What a range that does not clip would let in.
    private static void AddOutOfRange(TestBench bench) =>
        bench.Server.Events.Add(Enumerable.Range(1_000_000, 300).Select(i => TestBench.Event(i, TestBench.Newest - 90_000_000 - i)));

    private static async Task<int> WalkWhole(TestBench bench, int pageSize)
    {
        var outcome = await bench.WalkAsync(TestBench.Spec(pageSize: pageSize));
        Assert.Null(outcome.Error);
        var truth = bench.Server.Events.Matching(TestBench.Query, outcome.Identity.RangeStart, outcome.Identity.RangeEnd);
        Assert.Equal(truth, outcome.Events);
        Assert.True(outcome.Verdict.State == CompletenessState.Complete, outcome.Verdict.ToString());
        Assert.NotNull(outcome.Pages[^1].Info.End);
        Assert.Equal(0, outcome.JobsLeft);
        return outcome.Events.Count;
    }
}
