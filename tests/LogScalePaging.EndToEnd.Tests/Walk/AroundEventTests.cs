using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>
/// A search around an event returns the nearest events on both sides and proves that none between them is missing, for every behaviour of a
/// server that no source describes.
/// </summary>
public sealed class AroundEventTests
{
    private const string Other = "#event_simpleName=UserLogon";

    public static TheoryData<bool, bool, EventOrder, bool, AroundMissingAnchor, bool> Servers()
    {
        var data = new TheoryData<bool, bool, EventOrder, bool, AroundMissingAnchor, bool>();
        foreach (var (repeats, counts) in new[] { (false, false), (true, false), (true, true) })
        {
            foreach (var order in Enum.GetValues<EventOrder>())
            {
                foreach (var missing in Enum.GetValues<AroundMissingAnchor>())
                {
                    data.Add(repeats, counts, order, true, missing, false);
                    data.Add(repeats, counts, order, false, missing, true);
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_nearest_events_are_those_of_the_whole_range(
        bool repeats, bool counts, EventOrder order, bool clips, AroundMissingAnchor missing, bool endInclusive)
    {
        using var bench = Bench(repeats, counts, order, clips, missing, endInclusive);
        foreach (var (at, before, after) in new[] { (400, 10, 7), (400, 0, 5), (400, 5, 0), (400, 0, 0), (0, 3, 3), (799, 3, 3),
            (400, 300, 250), (410, 20, 20) })
            await AssertNearestAsync(bench, TestBench.Query, at, before, after);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_query_need_not_match_the_event(
        bool repeats, bool counts, EventOrder order, bool clips, AroundMissingAnchor missing, bool endInclusive)
    {
        using var bench = Bench(repeats, counts, order, clips, missing, endInclusive);
        // The time of the anchor is 5 ms after the 100th event.
        bench.Server.Events.Add([TestBench.Event(9_999, TestBench.Newest - 995, "UserLogon")]);
        var anchor = new AroundAnchor($"e9999_0_7_{(TestBench.Newest - 995) / 1000}", TestBench.Newest - 995, 4, 6);
        var (ids, verdict) = await SearchAsync(bench, Spec(TestBench.Query, anchor));
        Assert.Equal([.. Ids(bench, TestBench.Query).Skip(94).Take(10)], ids);
        Assert.Equal(CompletenessState.Complete, verdict.State);
        // Only one event matches the other query: the anchor itself.
        Assert.Equal([anchor.EventId], (await SearchAsync(bench, Spec(Other, anchor))).Ids);
    }

    [Fact]
    public async Task A_server_with_a_small_limit_gives_the_same_events()
    {
        using var bench = new TestBench(new SimulatorOptions { AroundMax = 20 }).Fill(800);
        await AssertNearestAsync(bench, TestBench.Query, 400, 100, 90);
    }

    [Theory]
    [InlineData(AnswerKinds.Plain, int.MaxValue)]
    [InlineData(AnswerKinds.Events, int.MaxValue)]
    [InlineData(AnswerKinds.Plain, 1)]
    public async Task A_lost_row_is_found_again_or_the_result_is_not_complete(AnswerKinds kinds, int times)
    {
        for (var row = 1; row <= 13; row++)
        {
            using var bench = new TestBench().Fill(800);
            var expected = Ids(bench, TestBench.Query).Skip(395).Take(11);
            bench.Server.Options.AnswerFaults.Add(new AnswerFault(AnswerFaultKind.LostRow, row) { On = kinds, Times = times });
            var (ids, verdict) = await SearchAsync(bench, Spec(TestBench.Query, Anchor(bench, 400, 5, 5)));
            if (verdict.State == CompletenessState.Complete)
                Assert.Equal(expected, ids);
            else
                Assert.NotEqual(expected, ids);
        }
    }

    [Fact]
    public async Task A_limit_cuts_the_result()
    {
        using var bench = new TestBench().Fill(800);
        var (ids, _) = await SearchAsync(bench, Spec(TestBench.Query, Anchor(bench, 400, 50, 50)) with { MaxEvents = 60 });
        Assert.Equal([.. Ids(bench, TestBench.Query).Skip(350).Take(60)], ids);
    }

    [Theory]
    [InlineData("* | count()")]
    [InlineData("* | @timestamp := @timestamp + 1")]
    public void A_query_without_events_of_their_own_time_is_refused(string query)
    {
        using var bench = new TestBench().Fill(5);
        Assert.Throws<ArgumentException>(
            () => bench.Connection.Open(Spec(query, new AroundAnchor("x", TestBench.Newest, 1, 1)), bench.Signals));
        Assert.Empty(bench.Server.Requests);
    }

    private static TestBench Bench(bool repeats, bool counts, EventOrder order, bool clips, AroundMissingAnchor missing,
        bool endInclusive) =>
        new TestBench(new SimulatorOptions
        {
            AroundRepeatsAnchor = repeats,
            AroundAnchorCountsTowardsLimit = counts,
            AroundOrder = order,
            AroundClips = clips,
            AroundMissingAnchor = missing,
            EndInclusive = endInclusive,
        }).Fill(800, crowd: 60);

    private static async Task AssertNearestAsync(TestBench bench, string query, int at, int before, int after)
    {
        var all = Ids(bench, query);
        var (ids, verdict) = await SearchAsync(bench, Spec(query, Anchor(bench, at, before, after)));
        var from = Math.Max(0, at - after);
        Assert.Equal([.. all.Skip(from).Take(Math.Min(all.Count, at + before + 1) - from)], ids);
        Assert.True(verdict.State == CompletenessState.Complete, $"{at} {before} {after}: {verdict.Reason}");
        Assert.Equal(ids.Count, verdict.Received);
        Assert.True(verdict.ExpectedBefore >= ids.Count);
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    private static async Task<(List<string> Ids, Completeness Verdict)> SearchAsync(TestBench bench, SearchSpec spec)
    {
        var ids = new List<string>();
        Completeness verdict;
        var search = bench.Connection.Open(spec, new SignalLog());
        await using (search.ConfigureAwait(false))
        {
            await foreach (var page in search.PagesAsync(null, CancellationToken.None))
                ids.AddRange(page.Items.Select(e => e.Id!));
            verdict = await search.JudgeAsync(CancellationToken.None);
        }
        return (ids, verdict);
    }

    private static SearchSpec Spec(string query, AroundAnchor anchor) => new(query)
    {
        Start = QueryTime.At(TestBench.Newest - 900_000),
        End = QueryTime.At(TestBench.Newest + 1_000),
        Around = anchor,
    };

    private static AroundAnchor Anchor(TestBench bench, int at, int before, int after)
    {
        var record = LogScale.Events.LogScaleEvents.Parse(
            System.Text.Encoding.UTF8.GetBytes(bench.Server.Events.Matching(TestBench.Query).ElementAt(at)));
        return new AroundAnchor(record.Id!, record.Timestamp!.Value, before, after);
    }

    private static List<string> Ids(TestBench bench, string query) =>
        [.. bench.Server.Events.Matching(query).Select(
            e => LogScale.Events.LogScaleEvents.Parse(System.Text.Encoding.UTF8.GetBytes(e)).Id!)];
}
