using LogScalePaging.Diagnostics;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using Xunit.Abstractions;

namespace LogScalePaging.EndToEnd.Tests.Gateway;

/// <summary>An export on a bad day: tokens that die, a tight rate limit, refusals, resets, jobs that vanish.</summary>
public sealed class StormTests(ITestOutputHelper output) : IDisposable
{
    private const int Events = 20_000;
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<SearchStrategy, int, int> Many()
    {
        var data = new TheoryData<SearchStrategy, int, int>();
        for (var seed = 100; seed < 1_000; seed += 100)
        {
            data.Add(SearchStrategy.Around, 8, seed);
            foreach (var workers in new[] { 1, 2, 8, 32 })
                data.Add(SearchStrategy.Window, workers, seed + workers);
        }
        return data;
    }

    [Theory]
    [InlineData(SearchStrategy.Around, 8, 11)]
    [InlineData(SearchStrategy.Window, 2, 22)]
    [InlineData(SearchStrategy.Window, 8, 33)]
    [InlineData(SearchStrategy.Window, 32, 44)]
    public Task Nothing_is_lost_or_repeated_and_requests_stay_few(SearchStrategy strategy, int workers, int seed) =>
        WeatherAsync(strategy, workers, seed);

    [NightlyTheory]
    [MemberData(nameof(Many))]
    public Task Nothing_is_lost_or_repeated_every_night(SearchStrategy strategy, int workers, int seed) =>
        WeatherAsync(strategy, workers, seed);

    private async Task WeatherAsync(SearchStrategy strategy, int workers, int seed)
    {
        var (calm, _) = await ExportAsync(strategy, workers, "calm", 0);
        var (stormy, bench) = await ExportAsync(strategy, workers, "stormy", seed);
        var asked = bench.Server.Requests.Where(r => r.Kind == RequestKind.Token).ToList();
        var broken = asked.Count(r => r.Fault is not null);
        output.WriteLine(
            $"{strategy}, {workers} workers: {calm} requests calm, {stormy} stormy "
                + $"({(double)stormy / calm:0.000}); {bench.Server.Faults.FaultsInjected} faults, {asked.Count} token requests "
                + $"({broken} broken), {bench.Signals.CountOf(SignalKind.RateLimited)} refusals for the rate");
        Assert.True(bench.Server.Faults.FaultsInjected > 0);
        Assert.True(stormy <= calm * 1.25,
            $"seed {seed}: {stormy} requests in place "
                + $"of {calm}\n{string.Join("\n", bench.Server.Requests.Where(r => r.Status is not 200))}");
        // One a lifetime, but for those that got no token.
        Assert.Equal(bench.Server.Tokens.Count, asked.Count - broken);
        Assert.True(bench.Server.Tokens.Count > 1);
        // By the server's clock, and with what a busy machine takes to deliver: each token was used for most of its life before the next.
        foreach (var (token, next) in bench.Server.Tokens.Zip(bench.Server.Tokens.Skip(1)))
            Assert.True(next.Issued - token.Issued > s_life / 2,
                $"seed {seed}: a token was asked for {next.Issued - token.Issued} after another");
    }

    private async Task<(long Requests, GatewayBench Bench)> ExportAsync(SearchStrategy strategy, int workers, string name, int seed)
    {
        var time = new FastTimeProvider(4);
        using var bench = new GatewayBench(o =>
        {
            (o.TimeProvider, o.MaxTail, o.AroundRepeatsAnchor) = (time, 1_000, true);
            if (seed == 0)
                return;
            o.Gateway!.TokenLifetime = s_life;
            o.Gateway.RateLimitPerSecond = 50;
            o.Faults = Storm(seed);
        });
        bench.Fill(Events);
        var connection = bench.Connect(o => o with { Time = time, ThrottleLimit = Math.Max(workers, 2) });
        var spec = TestBench.Spec() with { Strategy = strategy, Parallel = workers };
        var target = new ExportTarget { Path = _folder.In(name + ".ndjson"), Format = ExportFormat.NdJson };
        var result = await new ExportRun(connection, new ExportRequest(spec, target), bench.Signals).RunAsync(default);
        Assert.True(result.Completeness.State == CompletenessState.Complete,
            $"seed {seed}: {result.Completeness}\n{string.Join("\n", bench.Told.Where(t => t.Kind is not (SignalKind.Request or SignalKind.JobCreated or SignalKind.JobDeleted)).TakeLast(150).Select(t => $"{t.Kind} {t.Message}"))}\n{string.Join("\n", bench.Server.Requests.TakeLast(60))}");
        Assert.Equal(bench.Truth, await File.ReadAllLinesAsync(target.Path));
        // What is measured is the export; what follows is not part of it.
        var requests = bench.Server.RequestCount;
        Assert.Equal(Events, result.Manifest.Counts.Written);
        await connection.DisconnectAsync();
        Assert.True(bench.Server.Tokens[^1].IsRevoked);
        new SecretSearch(bench).In(result).In(connection).InFiles(_folder.Path).AssertNone();
        return (requests, bench);
    }

    // 2 % of answers 429 or 5xx, 1 % resets, 1 % of jobs expired. The token endpoint answers one in ten times with an error, too.
    private static FaultPlan Storm(int seed)
    {
        var plan = new FaultPlan();
        foreach (var (fault, share) in new[]
        {
            (Fault.Status(429, "Too many requests"), 0.007), (Fault.Status(500, "Internal error"), 0.007),
            (Fault.Status(503, "Busy"), 0.006),
            (Fault.ResetBefore, 0.005), (Fault.ResetAfter, 0.005),
        })
        {
            plan.Add(new FaultRule
            {
                Fault = fault,
                Probability = share,
                Times = int.MaxValue,
                Seed = seed++,
                When = r => r.Kind is not (RequestKind.Token or RequestKind.Revoke)
            });
        }
        foreach (var fault in new[] { Fault.Status(429, "Too many requests"), Fault.Status(500, "Internal error"),
            Fault.Status(503, "Busy"), Fault.ResetBefore })
            plan.Add(new FaultRule { Fault = fault, Probability = 0.025, Times = int.MaxValue, Seed = seed++, Kind = RequestKind.Token });
        return plan.Add(
            new FaultRule { Fault = Fault.ExpireJob, Kind = RequestKind.Poll, Probability = 0.01, Times = int.MaxValue, Seed = seed });
    }
}
