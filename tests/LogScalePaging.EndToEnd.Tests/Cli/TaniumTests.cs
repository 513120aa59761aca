using System.Text.Json;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.EndToEnd.Tests.Tanium;
using LogScalePaging.Simulator;
using LogScalePaging.Tanium;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class TaniumTests : IDisposable
{
    private readonly CliWorld _world = new(0);
    private readonly TaniumSimulator _server = TaniumSimulator.Create(new TaniumSimulatorOptions
    {
        Records = 95,
        Token = TaniumBench.Secret
    });

    public TaniumTests()
    {
        _world.Environment.Clear();
        _world.Environment[TaniumSettings.UrlVariable] = _server.BaseUrl.AbsoluteUri;
        _world.Environment[TaniumSettings.TokenVariable] = TaniumBench.Secret;
    }

    public void Dispose()
    {
        _server.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData("--field", "endpoints", "--fields", "id,name,os{name,platform}")]
    [InlineData("--field", "endpoints", "--fields", "id,name", "--backward")]
    [InlineData("--field", "endpoints", "--fields", "id,name", "--refresh")]
    [InlineData("--field", "sensors", "--fields", "id,name")]
    [InlineData("-q",
        "query($n: Int, $c: Cursor, $f: F) { endpoints(first: $n, after: $c, filter: $f) { edges { node { id } } pageInfo { hasNextPage endCursor } totalRecords } }", "--arg", "f=All")]
    public async Task A_collection_is_exported_verified_and_counted_again(params string[] args)
    {
        var outcome = await ExportAsync(args);
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Contains("Complete: the count agrees.", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(TaniumBench.Secret, outcome.Error, StringComparison.Ordinal);
        var ids = _world.Lines("a.ndjson").Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()).ToList();
        Assert.Equal(Enumerable.Range(1, 95).Select(i => $"{i}"), args.Contains("--backward") ? ids.AsEnumerable().Reverse() : ids);

        Assert.Equal(ExitCode.Complete, (await _world.RunAsync("verify", _world.In("a.ndjson"), "--recount")).Code);
    }

    [Fact]
    public async Task Columns_are_the_fields_that_were_asked_for()
    {
        var outcome = await ExportAsync("--field", "endpoints", "--fields", "name,host: ipAddress,os{platform}", "--format", "csv",
            "--gzip", "--max-events", "1");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        using var file = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(_world.In("a.ndjson")),
            System.IO.Compression.CompressionMode.Decompress));
        Assert.Equal("name,host,os", (await file.ReadLineAsync())!.Trim('\uFEFF').Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("host-00000.example.com,10.0.0.0,\"{\"\"platform\"\":\"\"Windows\"\"}\"", await file.ReadLineAsync());
    }

    [Fact]
    public async Task A_result_over_a_part_of_the_estate_needs_no_second_reading()
    {
        _server.Options.Responded = 45;
        var outcome = await ExportAsync("--field", "endpoints", "--fields", "id", "--require-complete");
        Assert.Equal(ExitCode.Unverified, outcome.Code);
        Assert.Contains("only 45 of 95 endpoints of the estate have answered", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_broke_off_is_resumed()
    {
        var pages = 0;
        _server.Options.Faults.Add(new FaultRule
        {
            Fault = Fault.Status(403, "no"),
            When = r => TaniumBench.IsPage(r) && ++pages >= 3,
            Times = int.MaxValue
        });
        string[] args = ["--field", "endpoints", "--fields", "id,os{name}"];
        var broken = await ExportAsync(args);
        Assert.Equal(ExitCode.Incomplete, broken.Code);
        Assert.Contains("--system tanium", broken.Error, StringComparison.Ordinal);

        _server.Options.Faults.Clear();
        Assert.Equal(ExitCode.Complete, (await ExportAsync([.. args, "--resume"])).Code);
        Assert.Equal(95, _world.Lines("a.ndjson").Distinct().Count());
    }

    [UnixTheory]
    [InlineData(3)]
    [InlineData(10)]
    public async Task A_killed_export_is_resumed_to_the_same_bytes(int killedAt)
    {
        string[] Args(string name) =>
            ["export", "--system", "tanium", "--field", "endpoints", "--fields", "id,name", "--page-size", "8", "-o", _world.In(name),
            "--resume"];
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync(Args("whole.ndjson"))).Code);
        var pages = 0;
        using (var run = new CliProcess(_world, Args("killed.ndjson")))
        {
            _server.RequestHandled += Kill;
            Assert.Equal(137, await run.ExitAsync());
            _server.RequestHandled -= Kill;

            void Kill(RequestRecord request)
            {
                if (TaniumBench.IsPage(request.Request) && Interlocked.Increment(ref pages) == killedAt)
                    run.Kill();
            }
        }
        Assert.Equal(ExitCode.Complete, (await _world.RunAsync(Args("killed.ndjson"))).Code);
        Assert.Equal(File.ReadAllBytes(_world.In("whole.ndjson")), File.ReadAllBytes(_world.In("killed.ndjson")));
    }

    [Fact]
    public async Task Standard_output_has_every_record()
    {
        var outcome = await _world.RunAsync("export", "--system", "Tanium", "--field", "endpoints", "--fields", "id", "-o", "-");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(95, outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task An_embedded_server_needs_no_account()
    {
        _world.Environment.Clear();
        Assert.Equal(ExitCode.Complete,
            (await ExportAsync("--embedded", "--field", "endpoints", "--fields", "id,name", "--max-events", "50")).Code);
    }

    [Fact]
    public async Task A_setting_that_is_missing_is_named()
    {
        string[] args = ["--field", "endpoints", "--fields", "id"];
        _world.Environment.Remove(TaniumSettings.UrlVariable);
        (await ExportAsync(args)).Failed(ExitCode.Usage, "The server is missing. Use --base-url, or set TANIUM_URL.");
        _world.Environment.Clear();
        (await ExportAsync(args)).Failed(ExitCode.Usage, "TANIUM_TOKEN");
    }

    [Theory]
    [InlineData("Use either --field with --fields, or -q")]
    [InlineData("Use either --field with --fields, or -q", "--field", "endpoints", "--fields", "id", "-q", "{ a }")]
    [InlineData("--field requires --fields", "--field", "endpoints")]
    [InlineData("is not a field of a record", "--field", "endpoints", "--fields", "a b")]
    [InlineData("is not the name of a field", "--field", "end points", "--fields", "id")]
    [InlineData("It lacks edges, node, id", "-q", "query($c: C) { endpoints(after: $c) { x } }")]
    [InlineData("Only queries are read", "-q", "mutation { x { edges } }")]
    [InlineData("must have one query, not 0", "-q", "fragment F on X { id }")]
    [InlineData("--arg requires -q", "--field", "endpoints", "--fields", "id", "--arg", "x=1")]
    [InlineData("The page size must be between 1 and 10,000", "--field", "endpoints", "--fields", "id", "--page-size", "10001")]
    [InlineData("--start and --end are not options", "--field", "endpoints", "--fields", "id", "-s", "1d")]
    [InlineData("--repo is not an option of --system tanium", "--field", "endpoints", "--fields", "id", "--repo", "x")]
    [InlineData("--endpoint is not an option of --system tanium", "--field", "endpoints", "--fields", "id", "--endpoint", "/x")]
    public async Task What_does_not_fit_together_is_wrong_usage(string why, params string[] args)
    {
        (await ExportAsync(args)).Failed(ExitCode.Usage, why);
        Assert.Equal(0, _server.RequestCount);
    }

    [Fact]
    public async Task Other_systems_do_not_have_its_options() =>
        (await _world.RunAsync("export", "-q", "*", "--backward")).Failed(ExitCode.Usage, "--backward requires --system tanium.");

    private Task<CliOutcome> ExportAsync(params string[] more) =>
        _world.RunAsync(["export", "--system", "tanium", .. more.Contains("--page-size") ? Array.Empty<string>() : ["--page-size", "20"],
            "-o", _world.In("a.ndjson"), .. more]);
}
