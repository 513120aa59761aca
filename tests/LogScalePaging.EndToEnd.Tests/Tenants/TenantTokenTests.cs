using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Simulator;
using LogScalePaging.Tenants;

namespace LogScalePaging.EndToEnd.Tests.Tenants;

/// <summary>A tenant never gets the data of another one, or of the account itself.</summary>
public sealed class TenantTokenTests
{
    public static TheoryData<TokenTenantForm, string> Misdirections => new()
    {
        { TokenTenantForm.Answer, "other" },
        { TokenTenantForm.Claim, "other" },
        // The token is for the account itself.
        { TokenTenantForm.Claim, "" },
    };

    [Theory]
    [MemberData(nameof(Misdirections))]
    public async Task A_token_that_names_another_tenant_is_not_used(TokenTenantForm form, string other)
    {
        using var bench = new TenantBench(2, 50, o =>
        {
            o.Gateway!.TenantOfToken = form;
            o.Gateway.MisdirectedTokens = new Dictionary<string, string>
            {
                [o.Gateway.Tenants[0].Cid] = other.Length == 0 ? "" : o.Gateway.Tenants[1].Cid,
            };
        });
        var (wrong, right) = (bench.Tenants[0].Cid, bench.Tenants[1].Cid);
        var outcomes = await bench.RunAsync([bench.Export(wrong), bench.Export(right)]);

        var failure = Assert.IsType<FalconSignInException>(Assert.IsType<PagingException>(outcomes[wrong].Failure).InnerException);
        Assert.Equal((FalconSignInProblem.MemberCid, true), (failure.Problem, failure.IsPermanent));
        Assert.Contains(wrong, failure.Message, StringComparison.Ordinal);
        Assert.Equal(CompletenessState.Complete, outcomes[right].Result?.Completeness.State);
        Assert.Equal([$"{right}-events.ndjson", $"{right}-events.ndjson.manifest.json", $"{right}-events.ndjson.sha256"], bench.Files);
        // One request for a token, no search, and no second try.
        Assert.Single(bench.Server.Requests, r => r.Request.MemberCid == wrong);
        Assert.DoesNotContain(bench.Server.Tokens, t => t.MemberCid != right && t.Uses > 0);
    }

    [Theory]
    [InlineData("/devices/combined/devices/v1")]
    [InlineData("/alerts/combined/alerts/v1")]
    [InlineData("/devices/queries/devices/v1")]
    public async Task Records_of_another_tenant_break_a_list_off(string endpoint)
    {
        using var bench = new TenantBench(2, 0, o => o.Gateway!.MisdirectedTokens = new Dictionary<string, string>
        {
            [o.Gateway.Tenants[0].Cid] = o.Gateway.Tenants[1].Cid,
        });
        var request = new FalconRequest(endpoint) { Detailed = endpoint.Contains("queries", StringComparison.Ordinal) };
        TenantExport[] exports = [.. bench.Tenants.Select(t => bench.Export(t.Cid, request))];
        var outcomes = await bench.RunAsync(exports.Select(e => new TenantExport(
            e.Tenant, e.Connect, e.Request with { Resume = false, OrBegin = false })));

        Assert.Equal(PagingErrorKind.OtherTenant, Assert.IsType<PagingException>(outcomes[bench.Tenants[0].Cid].Failure).Kind);
        var right = bench.Tenants[1].Cid;
        Assert.Equal(CompletenessState.Complete, outcomes[right].Result?.Completeness.State);
        Assert.Equal([$"{right}-events.ndjson", $"{right}-events.ndjson.manifest.json", $"{right}-events.ndjson.sha256"], bench.Files);
        var lines = await File.ReadAllLinesAsync(bench.PathOf(right));
        Assert.Equal(bench.Tenants[1].Records, lines.Length);
        Assert.All(lines, line => Assert.Contains($"\"cid\":\"{right}\"", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_export_without_a_tenant_does_not_use_the_account(string tenant)
    {
        using var bench = new TenantBench(1, 10);
        var export = bench.Export(bench.Tenants[0].Cid);
        var outcomes = await bench.RunAsync(
            [new TenantExport(tenant, () => FalconTenants.Connect(bench.Falcon, tenant, "LogScale"), export.Request)]);

        Assert.IsType<ArgumentException>(outcomes[tenant].Failure);
        Assert.Empty(bench.Files);
        Assert.Equal(0, bench.Server.RequestCount);
    }

    [Fact]
    public async Task A_connection_for_another_tenant_is_not_used()
    {
        using var bench = new TenantBench(2, 10);
        var export = bench.Export(bench.Tenants[0].Cid);
        var outcomes = await bench.RunAsync([new TenantExport(bench.Tenants[1].Cid, export.Connect, export.Request)]);
        Assert.IsType<InvalidOperationException>(outcomes[bench.Tenants[1].Cid].Failure);
        Assert.Equal(0, bench.Server.RequestCount);
    }

    [Fact]
    public async Task Stopped_exports_are_cleaned_up_and_continue()
    {
        using var bench = new TenantBench(9, 400, o => (o.MaxTail, o.BufferSize) = (50, 50));
        using var stop = new CancellationTokenSource();
        // The third tenant is stopped while it is read.
        bench.Server.RequestHandled += request =>
        {
            if (request.Kind == RequestKind.Poll && request.Request.MemberCid == bench.Tenants[2].Cid)
                stop.Cancel();
        };
        var outcomes = await bench.RunAsync(bench.Tenants.Select(t => bench.Export(t.Cid)), cancellationToken: stop.Token);
        Assert.Contains(outcomes.Values, o => o.Interrupted);
        Assert.True(outcomes.Count < bench.Tenants.Count);
        Assert.Equal(0, bench.Server.LiveJobCount);
        // A token that was on its way when the run was stopped is not known, and expires.
        Assert.All(bench.Server.Tokens.Where(t => t.Uses > 0), t => Assert.True(t.IsRevoked));

        var again = await bench.RunAsync(bench.Tenants.Select(t => bench.Export(t.Cid)));
        foreach (var tenant in bench.Tenants)
        {
            Assert.Equal(CompletenessState.Complete, again[tenant.Cid].Result?.Completeness.State);
            Assert.Equal(bench.Server.EventsOf(tenant.Cid).Matching(), await File.ReadAllLinesAsync(bench.PathOf(tenant.Cid)));
        }
    }

    [Fact]
    public async Task A_reader_that_stops_early_leaves_nothing_on_the_server()
    {
        using var bench = new TenantBench(8, 400, o => (o.MaxTail, o.BufferSize) = (50, 50));
        var run = new TenantExports([.. bench.Tenants.Select(t => bench.Export(t.Cid))], TimeProvider.System);
        await foreach (var outcome in run.RunAsync(default))
        {
            Assert.NotNull(outcome.Result);
            break;
        }
        Assert.Equal(0, bench.Server.LiveJobCount);
        // A token that was on its way when the run was stopped is not known, and expires.
        Assert.All(bench.Server.Tokens.Where(t => t.Uses > 0), t => Assert.True(t.IsRevoked));
        Assert.True(bench.Server.Tokens.Count < bench.Tenants.Count);
    }
}
