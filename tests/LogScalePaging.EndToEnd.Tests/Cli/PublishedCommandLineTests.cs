using System.Text.Json;
using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The command lines of the published paginator script, after the word <c>export</c>.</summary>
public sealed class PublishedCommandLineTests
{
    [Theory]
    [InlineData("-q", "-s", "-e", "-o")]
    [InlineData("--query", "--start", "--end", "--output")]
    public async Task Its_options_export_every_event(string query, string start, string end, string output)
    {
        using var world = new CliWorld(1_234, crowd: 450);
        var outcome = await world.RunAsync("export", query, TestBench.Query, start, "24hours", end, "now", output, world.In("results.json"),
            "--max-events", "0", "--page-size", "200");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        using var array = JsonDocument.Parse(File.ReadAllText(world.In("results.json")));
        Assert.Equal(world.Expected, array.RootElement.EnumerateArray().Select(e => e.GetRawText()));
        Assert.Contains("Complete: ", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task Its_limit_takes_the_newest()
    {
        using var world = new CliWorld(1_000);
        var outcome = await world.ExportAsync("results.ndjson", "--max-events", "300");
        Assert.Equal(ExitCode.Complete, outcome.Code);
        Assert.Equal(world.Expected.Take(300), world.Lines("results.ndjson"));
    }

    [Fact]
    public async Task A_name_without_a_known_ending_holds_json_as_it_did()
    {
        using var world = new CliWorld(3);
        await world.ExportAsync("results.txt");
        using var array = JsonDocument.Parse(File.ReadAllText(world.In("results.txt")));
        Assert.Equal(3, array.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Its_default_output_is_in_the_working_folder()
    {
        using var world = new CliWorld(10);
        using var child = new CliProcess(world, "export", "-q", TestBench.Query, "-s", "1d");
        Assert.Equal(ExitCode.Complete, await child.ExitAsync());
        Assert.True(File.Exists(world.In("queryjob_results.json")), child.Error);
    }

    [Fact]
    public async Task A_query_may_begin_with_any_sign()
    {
        using var world = new CliWorld(5);
        foreach (var query in new[] { "@rawstring=*", "-nosuch", "!#event_simpleName=Other", "[nothing" })
        {
            var outcome = await world.RunAsync("export", "-q", query, "-s", "1d", "-o", world.In("q.json"), "--force");
            // The server may refuse it, but it must receive it as it was written. A step may follow it.
            var written = System.Text.Json.Nodes.JsonValue.Create(query).ToJsonString().TrimEnd('"');
            Assert.Contains(world.Server.Requests, r => r.Body.Contains("\"queryString\":" + written, StringComparison.Ordinal));
            Assert.NotEqual(ExitCode.Usage, outcome.Code);
        }
    }

    [Fact]
    public async Task From_cron_it_runs_again_and_again_with_force()
    {
        using var world = new CliWorld(5);
        for (var run = 0; run < 3; run++)
        {
            var outcome = await world.ExportAsync("daily.json", "--force", "--quiet");
            Assert.Equal(ExitCode.Complete, outcome.Code);
            Assert.Empty(outcome.Error);
        }
    }

    [Fact]
    public async Task Without_the_word_export_it_says_so()
    {
        using var world = new CliWorld(0);
        (await world.RunAsync("-q", "*", "-s", "15m")).Failed(ExitCode.Usage, "logscale-paging export -q");
    }
}
