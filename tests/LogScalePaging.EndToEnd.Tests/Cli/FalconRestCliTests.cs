using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.FalconRest;
using LogScalePaging.Falcon;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class FalconRestCliTests : IDisposable
{
    private readonly CliWorld _world = new(0);
    private readonly FalconRestBench _bench = new(95);

    public FalconRestCliTests()
    {
        _world.Environment.Clear();
        _world.Environment[FalconConnectionSettings.BaseUrlVariable] = _bench.Server.BaseUrl.AbsoluteUri;
        _world.Environment[FalconConnectionSettings.ClientIdVariable] = "simulator-client";
        _world.Environment[FalconConnectionSettings.ClientSecretVariable] = FalconRestBench.Secret;
    }

    public void Dispose()
    {
        _bench.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("/devices/combined/devices/v1")]
    [InlineData("/alerts/combined/alerts/v1", "--sort-by", "created_timestamp|desc")]
    [InlineData("/devices/queries/devices-scroll/v1", "--detailed")]
    [InlineData("/spotlight/queries/vulnerabilities/v1", "--filter", "status:!'gone'")]
    public async Task An_endpoint_is_exported_verified_and_counted_again(string endpoint, params string[] more)
    {
        var outcome = await ExportAsync(["--endpoint", endpoint, "--page-size", "20", .. more]);
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Complete: the count agrees.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(95, _world.Lines("a.ndjson").Distinct().Count());
        Assert.DoesNotContain(FalconRestBench.Secret, outcome.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("verify", _world.In("a.ndjson"), "--recount")).Code);
    }

    [Fact]
    public async Task A_range_is_exported_in_slices()
    {
        string[] args = ["--endpoint", "/alerts/combined/alerts/v1", "--page-size", "20", "--slice-by", "created_timestamp", "-s",
            "2026-01-01T00:00:05Z",
            "-e", "2026-01-02T00:00:00Z"];
        Assert.Equal(ExitCode.Complete, (await ExportAsync(args)).Code);
        Assert.Equal(90, _world.Lines("a.ndjson").Distinct().Count());
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("verify", _world.In("a.ndjson"), "--recount")).Code);

        Assert.Equal(ExitCode.Complete, (await ExportAsync([.. args, "--max-events", "7", "--force"])).Code);
        Assert.Equal(7, _world.Lines("a.ndjson").Length);
    }

    [Fact]
    public async Task A_filter_and_a_limit_are_applied()
    {
        Assert.Equal(ExitCode.Complete, (await ExportAsync("--endpoint", "/devices/combined/devices/v1", "--filter",
            "status:'open'")).Code);
        Assert.Equal(32, _world.Lines("a.ndjson").Length);
        Assert.Equal(ExitCode.Complete, (await ExportAsync("--endpoint", "/devices/combined/devices/v1", "--max-events", "5",
            "--force")).Code);
        Assert.Equal(5, _world.Lines("a.ndjson").Length);
    }

    [Fact]
    public async Task A_missing_token_is_a_warning()
    {
        _bench.Falcon.PageFaults = [new RestFault(RestFaultKind.NoToken, 2)];
        var outcome = await ExportAsync("--endpoint", "/devices/combined/devices/v1", "--page-size", "20");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("the page token is missing and 55 of 95 records have not been received", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_broke_off_is_resumed()
    {
        _bench.Server.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r =>
            r.Query.Contains("offset=39", StringComparison.Ordinal),
            Times = int.MaxValue
        });
        string[] args = ["--endpoint", "/devices/queries/devices/v1", "--page-size", "20"];
        var broken = await ExportAsync(args);
        Assert.Equal(ExitCode.Incomplete, broken.Code);
        Assert.Contains("--system falcon", broken.Error, StringComparison.Ordinal);

        _bench.Server.Faults.Clear();
        Assert.Equal(ExitCode.Complete, (await ExportAsync([.. args, "--resume"])).Code);
        Assert.Equal(95, _world.Lines("a.ndjson").Distinct().Count());
    }

    [Fact]
    public async Task An_embedded_server_needs_no_account()
    {
        _world.Environment.Clear();
        Assert.Equal(ExitCode.Complete, (await ExportAsync("--embedded", "--endpoint", "/iocs/combined/indicator/v1", "--max-events",
            "50")).Code);
    }

    [Theory]
    [InlineData("Use --endpoint with --system falcon")]
    [InlineData("is not an endpoint", "--endpoint", "https://example.com/devices")]
    [InlineData("The page size must be between 1 and 1,000", "--endpoint", "/alerts/combined/alerts/v1", "--page-size", "1001")]
    [InlineData("requires a filter", "--endpoint", "/spotlight/combined/vulnerabilities/v1")]
    [InlineData("Details are not available", "--endpoint", "/devices/combined/devices/v1", "--detailed")]
    [InlineData("--start and --end are not options", "--endpoint", "/devices/combined/devices/v1", "-s", "1d")]
    [InlineData("--slice-by requires --start and --end", "--endpoint", "/devices/combined/devices/v1", "--slice-by", "first_seen", "-s",
        "1d")]
    [InlineData("is not before the end", "--endpoint", "/devices/combined/devices/v1", "--slice-by", "first_seen", "-s", "1d", "-e", "2d")]
    [InlineData("is not the name of a field", "--endpoint", "/devices/combined/devices/v1", "--slice-by", "a:'b'", "-s", "2d", "-e", "1d")]
    [InlineData("Use --filter", "--endpoint", "/devices/combined/devices/v1", "-q", "x")]
    [InlineData("The body must be a JSON object", "--endpoint", "/things/v1", "--body", "[]")]
    [InlineData("--repo is not an option of --system falcon", "--endpoint", "/devices/combined/devices/v1", "--repo", "x")]
    public async Task Contradicting_options_are_wrong_usage(string why, params string[] args)
    {
        (await ExportAsync(args)).Failed(ExitCode.Usage, why);
        Assert.Equal(0, _bench.Server.RequestCount);
    }

    private Task<CliOutcome> ExportAsync(params string[] more) =>
        _world.RunAsync(["export", "--system", "falcon", "-o", _world.In("a.ndjson"), .. more]);
}
