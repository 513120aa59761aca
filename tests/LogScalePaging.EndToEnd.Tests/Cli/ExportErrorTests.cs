using LogScalePaging.Cli;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>Everything that can go wrong ends in one message and the right exit code.</summary>
public sealed class ExportErrorTests
{
    [Theory]
    [InlineData(ConnectionSettings.BaseUrlVariable, "--base-url")]
    [InlineData(ConnectionSettings.RepositoryVariable, "--repo")]
    [InlineData(ConnectionSettings.TokenVariable, "--token-file")]
    public async Task A_missing_setting_names_its_variable_and_its_option(string variable, string option)
    {
        using var world = new CliWorld();
        world.Environment.Remove(variable);
        (await world.ExportAsync("x.json")).Failed(ExitCode.Usage, variable, option, "--embedded");
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_wrong_token()
    {
        using var world = new CliWorld();
        world.Environment[ConnectionSettings.TokenVariable] = "another-token-entirely";
        var outcome = await world.ExportAsync("x.json");
        outcome.Failed(ExitCode.Failed, "refused the token", "401");
        Assert.DoesNotContain("another-token-entirely", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(world.In("x.json.partial")));
    }

    [Theory]
    [InlineData("LOGSCALE_TOKEN", "--token", "s3cr3t")]
    [InlineData("LOGSCALE_TOKEN", "--token=s3cr3t")]
    [InlineData("LOGSCALE_TOKEN", "--embedded", "--token", "s3cr3t")]
    [InlineData("'--api-token' is not an option", "--api-token", "s3cr3t")]
    [InlineData("'--api-token' is not an option", "--api-token=s3cr3t")]
    public async Task Possible_secrets_are_not_repeated(string said, params string[] arguments)
    {
        using var world = new CliWorld();
        var outcome = await world.ExportAsync("x.json", arguments);
        outcome.Failed(ExitCode.Usage, said);
        Assert.DoesNotContain("s3cr3t", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_word_too_many_is_named()
    {
        using var world = new CliWorld();
        (await world.ExportAsync("x.json", "stray")).Failed(ExitCode.Usage, "'stray' does not belong to an option", "quotes");
    }

    [Fact]
    public async Task A_wrong_repository()
    {
        using var world = new CliWorld();
        (await world.ExportAsync("x.json", "--repo", "nosuch")).Failed(ExitCode.Failed, "404", "repository",
            "repositories/nosuch/queryjobs");
    }

    [Fact]
    public async Task A_web_page_in_place_of_the_api()
    {
        using var world = new CliWorld();
        world.Server.Faults.Add(Fault.Html, times: int.MaxValue);
        (await world.ExportAsync("x.json", "--max-retries", "0")).Failed(ExitCode.Failed, "web page", "base URL");
    }

    [Fact]
    public async Task An_unknown_host()
    {
        using var world = new CliWorld();
        (await world.ExportAsync("x.json", "--base-url", "http://nosuch.invalid", "--allow-unencrypted-authentication", "--max-retries",
            "0")).Failed(ExitCode.Failed, "nosuch.invalid", "name is not known");
    }

    [Fact]
    public async Task Http_to_another_machine_is_refused_with_the_option_that_allows_it()
    {
        using var world = new CliWorld();
        var outcome = await world.ExportAsync("x.json", "--base-url", "http://logscale.example.org");
        outcome.Failed(ExitCode.Usage, "http://", "--allow-unencrypted-authentication");
        Assert.DoesNotContain("-AllowUnencrypted", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, world.Server.RequestCount);
    }

    [Fact]
    public async Task A_port_where_nothing_listens()
    {
        using var world = new CliWorld();
        (await world.ExportAsync("x.json", "--base-url", "http://127.0.0.1:9", "--max-retries", "0")).Failed(ExitCode.Failed, "127.0.0.1:9",
            "refused");
    }

    [Fact]
    public async Task Bad_CQL_shows_the_servers_words_and_the_place()
    {
        using var world = new CliWorld();
        (await world.RunAsync("export", "-q", "good | groupBy(", "-o", world.In("x.json"))).Failed(ExitCode.Failed, "400", "groupBy(", "^");
    }

    [Theory]
    [InlineData("-s", "yesterday", "--start: 'yesterday' is not a time")]
    [InlineData("-e", "1718000000", "milliseconds")]
    [InlineData("--page-size", "0", "--page-size: '0'")]
    [InlineData("--page-size", "200001", "1 to 200,000")]
    [InlineData("--max-events", "-1", "--max-events: '-1'")]
    [InlineData("--job-timeout", "0", "1 to 86,400")]
    [InlineData("--job-timeout", "86401", "1 to 86,400")]
    [InlineData("--strategy", "magic", "auto, around")]
    [InlineData("--parallel", "0", "1 to 1,000")]
    [InlineData("--format", "xml", "json, ndjson, csv or timesketch")]
    [InlineData("--fields", " , ", "a name is missing")]
    [InlineData("--fields", "a,b,a", "'a' is given twice")]
    [InlineData("--arg", "novalue", "name=value")]
    [InlineData("--timeout", "soon", "--timeout: 'soon'")]
    [InlineData("--max-retries", "101", "0 to 100")]
    [InlineData("--proxy", "nowhere", "--proxy: 'nowhere'")]
    [InlineData("--proxy", "http://user:secret@proxy:1", "HTTPS_PROXY")]
    [InlineData("--ca-bundle", "/nosuch/ca.pem", "/nosuch/ca.pem")]
    [InlineData("--base-url", "cloud.example.com", "with its scheme")]
    [InlineData("--token-file", "/nosuch/token", "/nosuch/token")]
    public async Task An_invalid_value_is_wrong_usage(string option, string value, string words)
    {
        using var world = new CliWorld();
        var outcome = await world.RunAsync("export", "-q", "*", "-o", world.In("x.json"), option, value);
        outcome.Failed(ExitCode.Usage, words);
        Assert.DoesNotContain("secret", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(world.Server.Requests);
    }

    [Theory]
    [InlineData("2026-05-02T00:00:00Z", "2026-05-01T00:00:00Z")]
    [InlineData("1h", "2h")]
    [InlineData("now", "1h")]
    [InlineData("1h", "2026-05-01T00:00:00Z")]
    [InlineData("2200-01-01T00:00:00Z", "now")]
    public async Task A_range_that_runs_backward(string start, string end)
    {
        using var world = new CliWorld();
        var outcome = await world.RunAsync("export", "-q", "*", "-s", start, "-e", end, "-o", world.In("x.json"));
        outcome.Failed(ExitCode.Usage,
            $"The start '{LogScale.Queries.QueryTime.Parse(start)}' is not before the end '{LogScale.Queries.QueryTime.Parse(end)}'");
        Assert.Empty(world.Server.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(world.Folder));
    }

    [Fact]
    public async Task A_resumed_relative_range_is_the_one_that_the_first_run_pinned()
    {
        using var world = new CliWorld();
        string[] args = ["export", "-q", "*", "-s", "1h", "-e", "2026-05-01T00:00:00Z", "-o", world.In("x.json"), "--resume"];
        (await world.RunAsync(args)).Failed(ExitCode.Usage, "is not before the end");
        Directory.CreateDirectory(world.In("x.json.partial"));
        File.WriteAllText(world.In("x.json.partial/checkpoint.json"), "{");
        (await world.RunAsync(args)).Failed(ExitCode.Failed, "checkpoint.json");
    }

    [Fact]
    public async Task A_range_that_only_the_server_can_tell_is_asked_of_it()
    {
        using var world = new CliWorld();
        (await world.RunAsync("export", "-q", "*", "-s", "1d@d", "-e", "2d@d", "-o", world.In("x.json"))).Failed(ExitCode.Failed,
            "must be before its end");
        Assert.NotEmpty(world.Server.Requests);
    }

    [Theory]
    [InlineData]
    [InlineData("export")]
    [InlineData("export", "-q")]
    [InlineData("export", "-q", " ")]
    [InlineData("export", "-q", "*", "--nosuch")]
    [InlineData("export", "-q", "*", "-o", "-", "--resume")]
    [InlineData("export", "-q", "*", "-o", "-", "--format", "csv")]
    [InlineData("export", "-q", "*", "--embedded", "--base-url", "http://localhost")]
    [InlineData("verify")]
    [InlineData("simulate", "--port", "x")]
    [InlineData("exprot", "-q", "*")]
    public async Task An_invalid_command_line_is_wrong_usage(params string[] args)
    {
        using var world = new CliWorld();
        var outcome = await world.RunAsync(args);
        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Empty(outcome.Out);
        Assert.NotEmpty(outcome.Error);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task A_folder_that_is_not_there()
    {
        using var world = new CliWorld();
        (await world.ExportAsync(Path.Combine("nosuch", "x.json"))).Failed(ExitCode.Failed, "nosuch", "does not exist");
        Assert.Empty(world.Server.Requests);
    }

    [UnixFact]
    public async Task A_folder_that_cannot_be_written()
    {
        using var world = new CliWorld();
        // Not even root can write there.
        var outcome = await world.RunAsync("export", "-q", "*", "-o", "/proc/x.json");
        outcome.Failed(ExitCode.Failed, "/proc/x.json");
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public async Task An_output_that_exists()
    {
        using var world = new CliWorld();
        File.WriteAllText(world.In("x.json"), "mine");
        (await world.ExportAsync("x.json")).Failed(ExitCode.Failed, "x.json", "--force", "scheduled exports");
        Assert.Equal("mine", File.ReadAllText(world.In("x.json")));
        Assert.Empty(world.Server.Requests);
        Assert.Equal(ExitCode.Complete, (await world.ExportAsync("x.json", "--force")).Code);
    }

    [Fact]
    public async Task Messages_name_the_options_of_a_command_line_only()
    {
        using var world = new CliWorld();
        await world.ExportAsync("x.json");
        var outcome = await world.ExportAsync("x.json", "--resume");
        outcome.Failed(ExitCode.Failed, "--force");
        Assert.DoesNotContain("-Force", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_of_this_program_asks_the_user_to_report_it()
    {
        using var world = new CliWorld { Out = new ClosedStream() };
        (await world.ExportAsync("-")).Failed(ExitCode.Failed, "System.NotSupportedException", "report");
    }

    private sealed class ClosedStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("no way");
    }
}
