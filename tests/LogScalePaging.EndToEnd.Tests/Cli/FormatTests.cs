using System.IO.Compression;
using System.Text;
using LogScalePaging.Cli;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class FormatTests
{
    [Theory]
    [InlineData("x.json", "[")]
    [InlineData("x.ndjson", "{")]
    [InlineData("x.jsonl", "{")]
    [InlineData("x.csv", "@id,")]
    [InlineData("x.JSON", "[")]
    [InlineData("x", "[")]
    [InlineData("x.json.gz", "[")]
    [InlineData("x.ndjson.gz", "{")]
    [InlineData("x.csv.gz", "@id,")]
    [InlineData("x.dat", "{", "--format", "ndjson")]
    [InlineData("x.json", "@id,", "--format", "CSV")]
    [InlineData("x.csv", "n,", "--fields", "n,@timestamp")]
    [InlineData("x.csv", "n,@timestamp,@id\r\n", "--fields", "n,@t*,@i*", "--exclude-fields", "@ingest*,*nanos,*zone")]
    [InlineData("x.jsonl", "{\"message\":", "--format", "timesketch")]
    [InlineData("x.ndjson", "{\"@id\":", "--fields", "@id,*", "--exclude-fields", "n")]
    public async Task It_follows_the_extension_unless_an_option_names_it(string name, string begin, params string[] more)
    {
        using var world = new CliWorld(250);
        var outcome = await world.ExportAsync(name, more);
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Stream file = File.OpenRead(world.In(name));
        using var reader = new StreamReader(
            name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        Assert.StartsWith(begin, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("-")]
    public async Task A_csv_can_begin_with_a_byte_order_mark(string output)
    {
        using var world = new CliWorld(5);
        var outcome = await world.ExportAsync(output, "--format", "csv", "--bom", "--fields", "n");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        var text = output == "-" ? outcome.Out : new UTF8Encoding(false).GetString(File.ReadAllBytes(world.In(output)));
        Assert.StartsWith("\uFEFFn\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_only_for_csv()
    {
        using var world = new CliWorld(5);
        (await world.ExportAsync("x.json", "--bom")).Failed(ExitCode.Usage, "--bom: only for csv, and the format is json.");
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task Timesketch_lines_can_go_to_standard_output()
    {
        using var world = new CliWorld(250);
        var outcome = await world.ExportAsync("-", "--format", "timesketch");
        var lines = outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(250, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("{\"message\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gzip_can_be_asked_for_under_any_name()
    {
        using var world = new CliWorld(5);
        await world.ExportAsync("x.ndjson", "--gzip");
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(world.In("x.ndjson"))[..2]);
    }

    [Fact]
    public async Task Arguments_and_the_time_zone_reach_the_server()
    {
        using var world = new CliWorld(5);
        await world.ExportAsync("x.json", "--arg", "host=web=1", "--arg", "?user=eve", "--time-zone", "Europe/Berlin");
        var create = world.Server.Requests.First(r => r.Method == "POST");
        Assert.Contains("\"arguments\":{\"host\":\"web=1\",\"user\":\"eve\"}", create.Body, StringComparison.Ordinal);
        Assert.Contains("Europe/Berlin", create.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_win_over_the_environment()
    {
        using var world = new CliWorld(5);
        var (url, repository, token) = (world.Server.BaseUrl.AbsoluteUri, world.Server.Repository, world.Server.Token);
        foreach (var name in world.Environment.Keys.ToList())
            world.Environment[name] = "http://127.0.0.1:9";
        File.WriteAllText(world.In("token"), token + "\n");
        Assert.Equal(ExitCode.Complete,
            (await world.ExportAsync("a.json", "--base-url", url, "--repo", repository, "--token-file", world.In("token"))).Code);
        world.Input = token + "\nmore";
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("b.json", "--base-url", url, "--repo", repository, "--token-stdin")).Code);
    }
}
