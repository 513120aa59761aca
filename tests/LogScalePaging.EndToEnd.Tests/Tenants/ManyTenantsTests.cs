using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Tenants;
using Xunit.Abstractions;

namespace LogScalePaging.EndToEnd.Tests.Tenants;

/// <summary>Exports of many tenants at once, some of which fail.</summary>
public sealed class ManyTenantsTests(ITestOutputHelper output)
{
    private const int Many = 200;
    private const int PerSecond = 50;

    [Fact]
    public async Task Of_200_tenants_193_are_whole_and_the_7_that_fail_in_different_ways_are_named()
    {
        var polls = 0;
        using var bench = new TenantBench(Many, 230, o =>
        {
            (o.MaxTail, o.BufferSize) = (100, 100);
            o.Gateway!.RateLimitPerSecond = PerSecond;
            o.Gateway.TokenRateLimitPerMinute = 1_000;
            string Cid(int i) => o.Gateway.Tenants[i].Cid;
            void Fail(int i, Fault fault, RequestKind kind, Func<bool>? when = null) => o.Faults.Add(new FaultRule
            {
                Fault = fault,
                Kind = kind,
                Times = int.MaxValue,
                When = r => r.MemberCid == Cid(i) && (when?.Invoke() ?? true),
            });
            // The sign-in is refused with 403.
            Fail(3, Fault.Status(403, "access denied"), RequestKind.Token);
            // The token is that of another tenant, whose events are then sent.
            o.Gateway.MisdirectedTokens = new Dictionary<string, string> { [Cid(20)] = Cid(21) };
            Fail(50, Fault.Status(500, "Internal error"), RequestKind.Create);
            // The first answers are good. From then on, no token is accepted.
            Fail(77, Fault.Status(401, "access denied, invalid bearer token"), RequestKind.Poll,
                () => Interlocked.Increment(ref polls) > 3);
            Fail(120, Fault.Html, RequestKind.Create);
            Fail(150, Fault.Status(404, "Could not find a repository or view called 'search-all'"), RequestKind.Create);
            Fail(199, Fault.CutBody(), RequestKind.Poll);
        }, new FastTimeProvider(4));
        int[] bad = [3, 20, 50, 77, 120, 150, 199];
        var outcomes = await bench.RunAsync(bench.Tenants.Select(t => bench.Export(t.Cid)));

        Assert.Equal(Many, outcomes.Count);
        string[] failing = [.. bad.Select(i => bench.Tenants[i].Cid).Order(StringComparer.Ordinal)];
        string[] failed = [.. outcomes.Values.Where(o => o.Failure is not null).Select(o => o.Export.Tenant).Order(StringComparer.Ordinal)];
        Assert.Equal(failing, failed);
        foreach (var outcome in outcomes.Values.Where(o => o.Failure is not null).OrderBy(o => o.Export.Tenant, StringComparer.Ordinal))
            output.WriteLine($"{outcome.Export.Tenant}: {outcome.Failure!.Message}");
        foreach (var tenant in bench.Tenants.Where(t => !failing.Contains(t.Cid)))
        {
            var result = outcomes[tenant.Cid].Result!;
            Assert.True(result.Completeness.State == CompletenessState.Complete, $"{tenant}: {result.Completeness}");
            // The file has the tenant's events and no others.
            Assert.Equal(bench.Server.EventsOf(tenant.Cid).Matching(), await File.ReadAllLinesAsync(bench.PathOf(tenant.Cid)));
            Assert.Equal(tenant.Cid, ExportManifest.Load(bench.PathOf(tenant.Cid) + ".manifest.json").Tenant);
        }
        foreach (var cid in failing)
            Assert.False(File.Exists(bench.PathOf(cid)));
        Assert.Equal(193, bench.Files.Count(f => f.EndsWith(".ndjson", StringComparison.Ordinal)));
        Assert.True(ExportVerifier.Verify(bench.PathOf(bench.Tenants[0].Cid), null, default).IsValid);
        Assert.Equal(PagingErrorKind.OtherTenant, Kind(outcomes[bench.Tenants[20].Cid].Failure!));

        // The limit is shared: almost no request was one too many, and each tenant that signed in did so once.
        var refused = bench.Server.Requests.Count(r => r.Status == 429);
        output.WriteLine(
            $"{bench.Server.RequestCount:N0} requests, {refused} of them refused for the rate, {bench.Server.Tokens.Count} tokens");
        Assert.True(refused * 50 <= bench.Server.RequestCount,
            $"{refused} of {bench.Server.RequestCount} requests were refused for the rate.");
        var perSecond = bench.Server.Requests.Where(r => r.Kind is not (RequestKind.Token or RequestKind.Revoke) && r.Status is not 429)
            .GroupBy(r => r.Time.ToUnixTimeSeconds()).Max(g => g.Count());
        Assert.True(perSecond <= PerSecond + 5, $"{perSecond} requests in a second.");
        Assert.All(
            bench.Server.Tokens.GroupBy(t => t.MemberCid).Where(g => g.Key != bench.Tenants[77].Cid && g.Key != bench.Tenants[21].Cid),
            g => Assert.Single(g));
        Assert.DoesNotContain(bench.Server.Tokens, t => t.MemberCid is null);
        Assert.All(bench.Server.Tokens, t => Assert.True(t.IsRevoked || t.MemberCid == bench.Tenants[77].Cid));
        Assert.Equal(0, bench.Server.LiveJobCount);
        Assert.Equal((Many, Many, 7), (bench.Progress[^1].Done, bench.Progress[^1].Total, bench.Progress.Max(p => p.Failed)));

        var totals = new TenantTotals([.. outcomes.Values.Select(TenantVerdict.Of)]);
        Assert.Equal((CompletenessState.Incomplete, 193, 7), (totals.State, totals.Complete, totals.Failed));
        Assert.All(failing, cid => Assert.Contains(cid, totals.Reason, StringComparison.Ordinal));

        // The failures pass, and the same exports are run again: only the 7 are fetched.
        bench.Server.Faults.Clear();
        bench.Server.Options.Gateway!.MisdirectedTokens = new Dictionary<string, string>();
        var jobs = bench.Server.JobsOf(bench.Tenants[0].Cid).Count;
        var again = await bench.RunAsync(bench.Tenants.Select(t => bench.Export(t.Cid)));
        Assert.All(again.Values, o => Assert.True(o.Result?.Completeness.State == CompletenessState.Complete, o.Failure?.Message));
        Assert.Equal(jobs, bench.Server.JobsOf(bench.Tenants[0].Cid).Count);
        foreach (var cid in failing)
            Assert.Equal(bench.Server.EventsOf(cid).Matching(), await File.ReadAllLinesAsync(bench.PathOf(cid)));
    }

    private static PagingErrorKind? Kind(Exception failure) => failure switch
    {
        PagingException { InnerException: PagingException inner } => inner.Kind,
        PagingException paging => paging.Kind,
        _ => null,
    };
}
