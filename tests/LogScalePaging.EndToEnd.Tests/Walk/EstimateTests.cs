using LogScalePaging.Axiom;
using LogScalePaging.EndToEnd.Tests.Axiom;
using LogScalePaging.EndToEnd.Tests.FalconRest;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.EndToEnd.Tests.Tanium;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Search;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Walk;

/// <summary>What a search would read: counted, sampled and planned, but not read.</summary>
public sealed class EstimateTests
{
    [Theory]
    [InlineData(SearchStrategy.Auto, "Single", 1)]
    [InlineData(SearchStrategy.Around, "Around", 15)]
    [InlineData(SearchStrategy.Stream, "Stream", 1)]
    public async Task An_estimate_has_the_count_the_size_and_the_strategy_of_an_export(SearchStrategy asked, string strategy, int jobs)
    {
        using var bench = new TestBench().Fill(3_000);
        var (found, search) = await EstimateAsync(bench, TestBench.Spec() with { Strategy = asked });
        var bytes = bench.Server.Events.Matching(TestBench.Query).Sum(e => e.Length + 1);
        Assert.Equal((3_000L, null, strategy, (long?)jobs), (found.Count, found.WhyNoCount, search.Plan!.Strategy, found.Jobs));
        Assert.InRange(found.ApproximateBytes!.Value, bytes * 0.9, bytes * 1.1);
        Assert.True(found.SampleRows > 0);
        Assert.NotNull(search.Identity.RangeStart);
        Assert.NotNull(found.ApproximateTime);
    }

    [Fact]
    public async Task Nothing_big_is_fetched_of_a_large_result()
    {
        using var bench = new TestBench(new SimulatorOptions { MaxTail = 10_000 }).Fill(60_000);
        var (found, search) = await EstimateAsync(bench, TestBench.Spec() with { Strategy = SearchStrategy.Auto });
        Assert.Equal((60_000L, "Window"), (found.Count, search.Plan!.Strategy));
        Assert.Equal(search.Plan.Windows!.Count, found.Jobs);
        Assert.True(found.Jobs > 5, $"{found.Jobs} jobs");
        var rows = bench.Server.Events.Matching(TestBench.Query).Sum(e => (long)e.Length);
        Assert.InRange(bench.Signals.BytesReceived, 1, rows / 8);
    }

    [Fact]
    public async Task A_limit_limits_the_estimate()
    {
        using var bench = new TestBench().Fill(3_000);
        var (found, _) = await EstimateAsync(bench, TestBench.Spec() with { MaxEvents = 100 });
        Assert.Equal((3_000L, 100L), (found.Count, found.Wanted));
        Assert.True(found.ApproximateBytes < 100 * 400);
    }

    [Fact]
    public async Task Without_a_count_the_estimate_says_why()
    {
        using var bench = new TestBench().Fill(600);
        bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(400, "no counting today"),
            Times = int.MaxValue,
            When = r => r.Body.Contains("count()", StringComparison.Ordinal) || r.Body.Contains("bucket(", StringComparison.Ordinal),
        });
        var (found, _) = await EstimateAsync(bench, TestBench.Spec());
        Assert.Equal((null, null, null), (found.Count, found.ApproximateBytes, found.Jobs));
        Assert.Contains("no counting today", found.WhyNoCount, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_the_server_refuses_is_an_error()
    {
        using var bench = new TestBench().Fill(10);
        await Assert.ThrowsAsync<PagingException>(() => EstimateAsync(bench, TestBench.Spec("| nosuchfunction(")));
        Assert.Equal(0, bench.Server.LiveJobCount);
    }

    [Fact]
    public async Task Axiom_counts_and_plans_windows_or_pages()
    {
        using var bench = new AxiomBench();
        var found = await EstimateAsync(bench.Connection, bench.Request with { Paging = AxiomPaging.Time, PageSize = 100 });
        Assert.Equal((250L, 3L), (found.Count, found.Jobs));
        Assert.InRange(found.SampleRows, 90, 100);
        Assert.True(bench.Pages <= 1);
    }

    [Fact]
    public async Task Falcon_estimates_from_the_total_of_the_first_page()
    {
        using var bench = new FalconRestBench(90);
        await using var connection = bench.Connect();
        var found = await EstimateAsync(connection, FalconRestBench.Request("/devices/combined/devices/v1"));
        Assert.Equal((90L, 20L, 5L), (found.Count, found.SampleRows, found.Jobs));
        Assert.True(found.ApproximateBytes > 0);
    }

    [Fact]
    public async Task Tanium_estimates_without_a_refresh()
    {
        using var bench = new TaniumBench(95);
        SearchRequest request = TaniumBench.Request() with { Refresh = true };
        var found = await EstimateAsync(bench.Connection, request.ForEstimate());
        Assert.Equal((95L, 20L, 5L), (found.Count, found.SampleRows, found.Jobs));
        Assert.DoesNotContain(bench.Server.Requests, r => r.Request.Body.Contains("refresh", StringComparison.Ordinal));
    }

    private static async Task<(SearchEstimate Found, ISearch Search)> EstimateAsync(TestBench bench, SearchSpec spec)
    {
        var search = new LogScaleSearch(bench.Connection, spec, bench.Signals);
        await using (search)
        {
            var found = await search.EstimateAsync(default);
            await search.DisposeAsync();
            Assert.Equal(0, bench.Server.LiveJobCount);
            return (found, search);
        }
    }

    private static async Task<SearchEstimate> EstimateAsync(SearchConnection connection, SearchRequest request)
    {
        await using var search = connection.Open(request, new());
        return await search.EstimateAsync(default);
    }
}
