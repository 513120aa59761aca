using System.Globalization;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Simulator;

/// <summary>Counts and histograms that are wrong: before a walk, after it, or both.</summary>
public sealed class WrongCountTests : IDisposable
{
    private const int Count = 100;

    private readonly SimulatorClient _client = SimulatorClient.With(
        null, [.. Enumerable.Range(0, Count).Select(i => SimulatorClient.Event("e" + i, 1 + (i * 1_000)))]);

    private AnswerFaultPlan Plan => _client.Options.AnswerFaults;

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(1, int.MaxValue, 97, 97)]
    [InlineData(1, 1, 97, 100)]
    [InlineData(2, int.MaxValue, 100, 97)]
    public async Task It_is_wrong_before_or_after_or_both(int fromAsk, int toAsk, long before, long after)
    {
        Plan.Add(new AnswerFault(AnswerFaultKind.CountOff, -3) { FromAsk = fromAsk, ToAsk = toAsk });
        Assert.Equal((before, after), (await CountAsync(), await CountAsync()));
        Assert.Equal([before, after], _client.Server.Jobs.Select(j => j.Counted!.Value));
    }

    [Fact]
    public async Task Each_range_has_its_own_first_count()
    {
        Plan.Add(new AnswerFault(AnswerFaultKind.CountOff, 5) { ToAsk = 1 });
        Assert.Equal((105L, 105L, 100L), (await CountAsync(), await CountAsync(start: 1), await CountAsync()));
        _client.Server.Reset();
        Assert.Equal(105, await CountAsync());
    }

    [Fact]
    public async Task It_is_zero() => Assert.Equal(0, await CountAsync(AnswerFaultKind.CountZero));

    [Fact]
    public async Task It_is_never_below_zero() => Assert.Equal(0, await CountAsync(AnswerFaultKind.CountOff, -500));

    [Fact]
    public async Task It_is_off_at_random_and_the_same_with_the_same_seed()
    {
        var first = new List<long>();
        for (var seed = 0; seed < 100; seed++)
        {
            Plan.Clear();
            Plan.Add(new AnswerFault(AnswerFaultKind.CountRandom, 3) { Seed = seed });
            _client.Server.Reset();
            first.Add(await CountAsync());
            _client.Server.Reset();
            Assert.Equal(first[^1], await CountAsync());
        }
        Assert.Equal([97L, 98, 99, 101, 102, 103], first.Distinct().Order());
    }

    [Fact]
    public async Task It_is_refused_and_events_are_not()
    {
        Plan.Add(new AnswerFault(AnswerFaultKind.Refused) { On = AnswerKinds.Count, Times = 1 });
        var refused = await _client.PostJobAsync($$"""{"queryString":"* | count()","start":0,"end":{{SimulatorClient.NowMs}}}""");
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(Count, SimulatorClient.Values(await _client.RunAsync("*"), "@id").Length);
        Assert.Equal(Count, await CountAsync());
        Assert.Equal(2, _client.Server.Jobs.Single(j => j.QueryString.Contains("count", StringComparison.Ordinal)).Ask);
    }

    [Fact]
    public async Task The_same_requests_are_affected_each_time()
    {
        Plan.Add(new AnswerFault(AnswerFaultKind.CountZero) { Share = 0.5, Seed = 3 });
        var first = new List<long>();
        for (var start = 0; start < 40; start++)
            first.Add(await CountAsync(start: start));
        for (var start = 0; start < 40; start++)
            Assert.Equal(first[start], await CountAsync(start: start));
        Assert.InRange(first.Count(n => n == 0), 8, 32);
    }

    [Fact]
    public async Task A_histogram_is_wrong()
    {
        const string Query = "* | bucket(span=10s, function=count())";
        long[] Bars(System.Text.Json.Nodes.JsonNode poll)
            => [.. SimulatorClient.Values(poll, "_count").Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        var start = SimulatorClient.NowMs - 200_000;
        var right = Bars(await _client.RunAsync(Query, start));

        Plan.Add(AnswerFaultKind.HistogramOff, 2);
        var wrong = Bars(await _client.RunAsync(Query, start));
        Plan.Clear();
        Plan.Add(AnswerFaultKind.HistogramEmpty);
        var none = Bars(await _client.RunAsync(Query, start));

        Assert.Equal(Count, right.Sum());
        Assert.Equal(right.Length, wrong.Length);
        Assert.All(right.Zip(wrong), bar => Assert.True(bar.First == 0 ? bar.Second == 0 : Math.Abs(bar.First - bar.Second) is 1 or 2));
        Assert.Empty(none);
    }

    private Task<long> CountAsync(AnswerFaultKind kind, long amount = 1)
    {
        Plan.Add(kind, amount);
        return CountAsync();
    }

    private async Task<long> CountAsync(long start = 0)
    {
        var poll = await _client.RunAsync("* | count()", start, SimulatorClient.NowMs);
        return long.Parse(SimulatorClient.Values(poll, "_count")[0], CultureInfo.InvariantCulture);
    }
}
