using LogScalePaging.Axiom;
using LogScalePaging.Cli;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class AxiomTests : IDisposable
{
    private readonly CliWorld _world = new(0);
    private readonly AxiomSimulator _server = AxiomSimulator.Create(new AxiomSimulatorOptions { EventCount = 350, Ties = 50 });

    public AxiomTests()
    {
        _world.Environment.Clear();
        _world.Environment[AxiomSettings.UrlVariable] = _server.BaseUrl.AbsoluteUri;
        _world.Environment[AxiomSettings.TokenVariable] = _server.Options.Token;
    }

    public void Dispose()
    {
        _server.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("time", "desc")]
    [InlineData("cursor", "asc")]
    [InlineData("auto", "asc")]
    public async Task A_dataset_is_exported_verified_and_counted_again(string paging, string order)
    {
        var outcome = await ExportAsync("--dataset", "demo", "--paging", paging, "--sort-order", order, "--page-size", "60");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Complete: the count agrees.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("350 received, 350 expected", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(" UTC (1 d ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"demo on {_server.BaseUrl.GetLeftPart(UriPartial.Authority)}", outcome.Error, StringComparison.Ordinal);
        var times = _world.Lines("a.ndjson").Select(
            l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("_time").GetString()!).ToList();
        Assert.Equal(_server.Values("_time").Select(t => t.Trim('"')), order == "asc" ? times : times.AsEnumerable().Reverse());

        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("verify", _world.In("a.ndjson"), "--recount")).Code);
    }

    [Fact]
    public async Task A_query_goes_on_from_the_dataset()
    {
        Assert.Equal(ExitCode.Complete, (await ExportAsync("-d", "demo", "-q", "where status == 200")).Code);
        Assert.InRange(_world.Lines("a.ndjson").Length, 60, 80);
        Assert.Equal(ExitCode.Complete, (await ExportAsync("-q", "['demo'] | limit 5", "--force")).Code);
        Assert.Equal(5, _world.Lines("a.ndjson").Length);
    }

    [Fact]
    public async Task An_export_that_broke_off_is_resumed()
    {
        _server.Options.Faults.Add(new FaultRule { Fault = Fault.Status(400, "down"), When = r => r.NumberOfKind > 4 });
        string[] args = ["--dataset", "demo", "--page-size", "60"];
        var broken = await ExportAsync(args);
        Assert.Equal(ExitCode.Incomplete, broken.Code);
        Assert.Contains("--system axiom", broken.Error, StringComparison.Ordinal);
        Assert.Contains("--resume", broken.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Complete, (await ExportAsync([.. args, "--resume"])).Code);
        Assert.Equal(350, _world.Lines("a.ndjson").Length);
    }

    [Fact]
    public async Task Standard_output_has_every_event()
    {
        var outcome = await _world.RunAsync("export", "--system", "Axiom", "-d", "demo", "-s", "2d", "-o", "-", "--page-size", "60");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(350, outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task An_embedded_server_needs_no_account()
    {
        _world.Environment.Clear();
        Assert.Equal(ExitCode.Complete,
            (await _world.RunAsync("export", "--system", "axiom", "--embedded", "-d", "demo", "-s", "1h", "-o", _world.In("a.json"))).Code);
    }

    [Theory]
    [InlineData("Use --dataset or -q", "--system", "axiom")]
    [InlineData("--strategy is not an option of --system axiom", "--system", "axiom", "-d", "demo", "--strategy", "window")]
    [InlineData("--repo is not an option of --system axiom", "--system", "axiom", "-d", "demo", "--repo", "x")]
    [InlineData("--client-id is not an option of --system axiom", "--system", "axiom", "-d", "demo", "--client-id", "x")]
    [InlineData("--dataset requires --system axiom", "-q", "*", "--dataset", "demo")]
    [InlineData("Option '--query' is required", "-s", "1h")]
    [InlineData("'splunk' is not one of logscale, axiom", "--system", "splunk", "-q", "*")]
    [InlineData("--paging: 'x' is not one of auto, time, cursor, window", "--system", "axiom", "-d", "demo", "--paging", "x")]
    [InlineData("--sort-order: 'up' is not desc or asc", "--system", "axiom", "-d", "demo", "--sort-order", "up")]
    [InlineData("The query has a string that is not closed", "--system", "axiom", "-q", "['demo] | count")]
    [InlineData("The page size must be between 1 and 65,000", "--system", "axiom", "-d", "demo", "--page-size", "70000")]
    public async Task Contradicting_options_are_wrong_usage(string why, params string[] args)
    {
        var outcome = await _world.RunAsync(["export", "-o", _world.In("a.ndjson"), .. args]);
        outcome.Failed(ExitCode.Usage, why);
        Assert.Equal(0, _server.RequestCount);
    }

    [Fact]
    public async Task A_token_that_is_missing_is_named()
    {
        _world.Environment.Clear();
        (await ExportAsync("-d", "demo")).Failed(ExitCode.Usage, "AXIOM_TOKEN");
    }

    private Task<CliOutcome> ExportAsync(params string[] more) =>
        _world.RunAsync(["export", "--system", "axiom", "-s", "25h", "-e", "now", "-o", _world.In("a.ndjson"), .. more]);
}
