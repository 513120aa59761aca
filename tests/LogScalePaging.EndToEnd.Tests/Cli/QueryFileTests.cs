using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Queries of files, paths with placeholders, and times in ISO 8601 on the command line.</summary>
public sealed class QueryFileTests
{
    [Fact]
    public async Task A_file_with_lines_and_comments_is_the_query_and_gives_its_name()
    {
        using var world = new CliWorld(30);
        var file = world.In("hunt.cql");
        await File.WriteAllTextAsync(file, $"// A comment.\r\n{TestBench.Query}\r\n| n=1*\r\n");
        var outcome = await world.RunAsync("export", "--query-file", file, "-s", "1d", "-o",
            world.In("{index}-{name}-{repository}.ndjson"));
        Assert.Equal(ExitCode.Complete, outcome.Code);
        var manifest = ExportManifest.Load(world.In($"1-hunt-{world.Server.Repository}.ndjson.manifest.json"));
        Assert.Equal($"// A comment.\n{TestBench.Query}\n| n=1*", manifest.Query);
        Assert.Equal(11, manifest.Counts.Written);
    }

    [Theory]
    [InlineData("does not exist")]
    [InlineData("is empty", "")]
    [InlineData("has only comments", "// *\n")]
    [InlineData("is not valid UTF-8", "\u00FF\u00FF")]
    public async Task A_file_without_a_query_is_wrong_usage(string why, string? text = null)
    {
        using var world = new CliWorld(5);
        if (text is not null)
            await File.WriteAllBytesAsync(world.In("q.cql"), [.. text.Select(c => (byte)c)]);
        (await world.RunAsync("export", "--query-file", world.In("q.cql"))).Failed(ExitCode.Usage, "--query-file:", why);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_file_and_a_query_are_wrong_usage()
    {
        using var world = new CliWorld(5);
        await File.WriteAllTextAsync(world.In("q.cql"), "*");
        (await world.ExportAsync("x.json", "--query-file", world.In("q.cql"))).Failed(ExitCode.Usage,
            "--query-file: use it or --query, not both");
    }

    [Theory]
    [InlineData("{other}.json", "unknown placeholder")]
    [InlineData("{name", "without a partner")]
    public async Task A_path_with_another_placeholder_is_wrong_usage(string name, string why)
    {
        using var world = new CliWorld(5);
        (await world.ExportAsync(name)).Failed(ExitCode.Usage, "--output:", why);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_placeholder_without_a_value_is_an_error_before_anything_is_sent()
    {
        using var world = new CliWorld(5);
        (await world.ExportAsync("{name}.json")).Failed(ExitCode.Failed, "{name}", "no value");
        Assert.Empty(world.Server.Requests);
        Assert.Empty(Directory.GetFileSystemEntries(world.Folder));
    }

    [Fact]
    public async Task Placeholders_have_the_range_in_UTC_and_doubled_braces_are_braces()
    {
        using var world = new CliWorld(5);
        var outcome = await world.RunAsync("export", "-q", "*", "-s", "2025-06-01T01:00:00+02:00", "-e", "2025-07-01T00:00:00Z", "-o",
            world.In("{{x}}-{start:yyyy-MM-dd}.json"));
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.True(File.Exists(world.In("{x}-2025-05-31.json")));
    }

    [Fact]
    public async Task The_hint_after_a_break_names_the_path_of_the_run()
    {
        using var world = new CliWorld();
        world.Server.Faults.Add(Fault.Status(500, "no"), RequestKind.Create, nth: 4, times: int.MaxValue);
        var outcome = await world.RunAsync("export", "-q", TestBench.Query, "-s", "2025-06-15T00:00:00Z", "-e", "2025-06-16T00:00:00Z",
            "-o", world.In("r-{start:yyyy}.ndjson"), "--strategy", "around", "--max-retries", "0");
        Assert.Equal(ExitCode.Incomplete, outcome.Code);
        Assert.Contains("/r-2025.ndjson --strategy", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.ndjson")]
    [InlineData("-")]
    public async Task Times_can_be_ISO_8601(string output)
    {
        using var world = new CliWorld(5);
        var outcome = await world.ExportAsync(output, "--timestamp-format", "ISO", "--format", "ndjson");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        var text = output == "-" ? outcome.Out : await File.ReadAllTextAsync(world.In(output));
        Assert.Contains("\"@timestamp\":\"2025-06-15T15:06:40.000Z\",\"@ingesttimestamp\":\"2025-06-15T15:06:40.005Z\"", text,
            StringComparison.Ordinal);
        if (output != "-")
            Assert.Equal(ExitCode.Complete, (await world.RunAsync("verify", world.In(output))).Code);
    }

    [Fact]
    public async Task Another_format_of_times_is_wrong_usage()
    {
        using var world = new CliWorld(5);
        (await world.ExportAsync("x.json", "--timestamp-format", "local")).Failed(ExitCode.Usage,
            "--timestamp-format: 'local' is not assent or iso");
    }
}
