using LogScalePaging.Cli;
using LogScalePaging.Cli.Output;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class SummaryTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");

    private static readonly RunSummary s_run = new()
    {
        Verdict = Completeness.Judge(new SearchFacts { Before = 12_345, After = 12_345, Received = 12_345 }),
        Identity = new WalkIdentity("LogScale", "https://cloud.example.com", "main", "*", 1_777_622_400_000, 1_777_626_000_000),
        Signals = new SignalLog(),
        Strategy = ("Around", "more matches than one answer holds"),
        Duplicates = 7,
        Fetched = 12_345,
        Elapsed = TimeSpan.FromSeconds(2),
        Bytes = 3_100_000,
        Files = [("/data/events.json",
            new OutputFile { Path = "events.json", Bytes = 3_100_000, Events = 12_345, Sha256 = new string('a', 64) })],
        ManifestPath = "/data/events.json.manifest.json",
    };

    [Fact]
    public void It_has_all_facts_of_the_run()
    {
        var text = Print(s_run);
        Assert.StartsWith("Complete: the count agrees.\n\n", text, StringComparison.Ordinal);
        foreach (var words in new[]
        {
            "  records     12,345 received, 12,345 expected\n              0 missing, 0 late, 7 duplicates dropped\n",
            "  range       2026-05-01 08:00:00.000 to 09:00:00.000 UTC (1 h)\n              2026-05-01 10:00:00 to 11:00:00 local time (+02:00)\n",
            "  from        main on https://cloud.example.com\n",
            "  strategy    Around: more matches than one answer holds\n",
            "  speed       6,172 records/s, 3.1 MB in 2.0 s\n",
            "  server      0 jobs, 0 requests, 0 retries\n",
            "  file        /data/events.json (3.1 MB)\n",
            $"  sha256      {new string('a', 64)}\n",
            "  manifest    /data/events.json.manifest.json\n",
        })
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_count_it_does_not_claim_that_none_is_missing() =>
        Assert.Contains("\n              missing not known, 0 late, ",
            Print(s_run with { Verdict = Completeness.Judge(new SearchFacts { Before = null, After = null, Received = 5 }) }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(30)]
    [InlineData(48)]
    [InlineData(80)]
    public void Nothing_is_wider_than_the_terminal(int width) =>
        Assert.All(Print(s_run, width, noColour: true).Split('\n'), line => Assert.True(line.Length <= width, line));

    [Fact]
    public void Colour_is_for_terminals_that_want_it()
    {
        Assert.Contains("\e[32;1mComplete\e[0m:", Print(s_run, width: 80), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Print(s_run, width: 80, noColour: true));
        Assert.DoesNotContain('\e', Print(s_run));
    }

    [Fact]
    public void Names_from_the_server_are_shown_without_escapes() =>
        Assert.DoesNotContain('\e', Print(s_run with { Identity = s_run.Identity with { Repository = "a\e[2Jb" } }));

    [Fact]
    public void Quiet_prints_only_problems()
    {
        Assert.Empty(Print(s_run, quiet: true));
        Assert.Equal("Incomplete: 5 records counted by the server were not received.\n",
            Print(s_run with { Verdict = Completeness.Judge(new SearchFacts { Before = 10, After = 10, Received = 5 }) }, quiet: true));
    }

    private static string Print(RunSummary run, int? width = null, bool noColour = false, bool quiet = false)
    {
        var said = new StringWriter { NewLine = "\n" };
        var host = new CliHost
        {
            Out = Stream.Null,
            Error = said,
            OpenInput = () => TextReader.Null,
            Environment = name => name == "NO_COLOR" && noColour ? "1" : name == "TERM" ? "xterm" : null,
            Interrupted = default,
            ErrorIsTerminal = width is not null,
            Width = () => width ?? 0,
        };
        new SummaryPrinter(new Messages(host, quiet, verbose: false), s_berlin).Print(run);
        return said.ToString();
    }
}
