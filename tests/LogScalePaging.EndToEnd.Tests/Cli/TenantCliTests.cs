using LogScalePaging.Cli;
using LogScalePaging.Falcon;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class TenantCliTests : IDisposable
{
    private const string Unknown = "ffffffffffffffffffffffffffffffff";
    private readonly CliWorld _world = new(0);
    private readonly LogScaleSimulator _server = LogScaleSimulator.Start(new SimulatorOptions
    {
        EventCount = 100,
        Gateway = new GatewayOptions { Tenants = GatewayTenant.Generate(3, 250) },
        Falcon = new FalconRestOptions { Records = 5 },
    });

    public TenantCliTests()
    {
        _world.Environment.Clear();
        _world.Environment[FalconConnectionSettings.BaseUrlVariable] = _server.BaseUrl.AbsoluteUri;
        _world.Environment[FalconConnectionSettings.ClientIdVariable] = "simulator-client";
        _world.Environment[FalconConnectionSettings.ClientSecretVariable] = "simulator-client-secret";
    }

    private string[] Cids => [.. _server.Options.Gateway!.Tenants.Select(t => t.Cid)];

    private string Path => _world.In("{cid}-e.ndjson");

    public void Dispose()
    {
        _server.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task Each_tenant_gets_its_file_and_its_verdict()
    {
        var outcome = await _world.RunAsync("export", "-q", "*", "-s", "48h", "--member-cid", $"{Cids[0]},{Cids[1].ToUpperInvariant()}-A1",
            "-m", Cids[2], "-o", Path);
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Complete: all 3 tenants are complete. 753 records.", outcome.Error, StringComparison.Ordinal);
        foreach (var cid in Cids)
        {
            Assert.Equal(_server.EventsOf(cid).Matching(), _world.Lines($"{cid}-e.ndjson"));
            Assert.Contains($"{cid}: Complete: the count agrees.", outcome.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, _server.LiveJobCount);
    }

    [Fact]
    public async Task A_failed_tenant_is_named_and_the_others_are_whole()
    {
        var outcome = await _world.RunAsync("export", "--system", "falcon", "--endpoint", "/devices/combined/devices/v1", "-m",
            $"{Cids[0]},{Unknown},{Cids[2]}", "-o", Path);
        Assert.Equal(ExitCode.Incomplete, outcome.Code);
        Assert.Contains($"error: {Unknown}: 127.0.0.1 issued no token for the member CID", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"Incomplete: 2 of 3 tenants are complete; 1 failed: {Unknown}.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal((21, 23), (_world.Lines($"{Cids[0]}-e.ndjson").Length, _world.Lines($"{Cids[2]}-e.ndjson").Length));
        Assert.Equal(ExitCode.Failed, (await _world.RunAsync("export", "-q", "*", "-m", Unknown, "-o", Path)).Code);
    }

    [Theory]
    [InlineData("no place", "a.ndjson", "a,b", "Several tenants need a file each.")]
    [InlineData("standard output", "-", "a,b", "Several tenants need a file each.")]
    [InlineData("an empty tenant", "{cid}.ndjson", "a,,b", "The member CID is empty.")]
    [InlineData("an unknown place", "{cid}-{when}.ndjson", "a,b", "unknown placeholder")]
    public async Task A_wrong_use_is_refused_before_anything_is_fetched(string what, string path, string? cids, string words)
    {
        string[] tenants = cids is null ? [] : ["--member-cid", cids];
        var outcome = await _world.RunAsync(["export", "-q", "*", .. tenants, "-o", path == "-" ? path : _world.In(path)]);
        Assert.True(outcome.Code == ExitCode.Usage, $"{what}: {outcome.Code} {outcome.Error}");
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, _server.RequestCount);
    }

    [Fact]
    public async Task A_place_for_a_tenant_needs_a_tenant()
    {
        var outcome = await _world.RunAsync("export", "-q", "*", "-o", Path);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("there is no value for it here", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, _server.RequestCount);
    }

    [Fact]
    public async Task Verify_takes_one_tenant()
    {
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("export", "-q", "*", "-s", "48h", "-m", Cids[0], "-o", Path)).Code);
        Assert.Equal(ExitCode.Complete,
            (await _world.RunAsync("verify", _world.In($"{Cids[0]}-e.ndjson"), "--recount", "-m", Cids[0])).Code);
        Assert.Equal(ExitCode.Usage,
            (await _world.RunAsync("verify", _world.In($"{Cids[0]}-e.ndjson"), "--recount", "-m", $"{Cids[0]},{Cids[1]}")).Code);
    }
}
