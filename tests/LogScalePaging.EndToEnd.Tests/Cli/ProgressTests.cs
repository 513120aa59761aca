using LogScalePaging.Cli;
using LogScalePaging.Cli.Output;
using LogScalePaging.EndToEnd.Tests.Support;
using LogScalePaging.Export.Runs;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.EndToEnd.Tests.Cli;

public sealed class ProgressTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _said = new() { NewLine = "\n" };

    public void Dispose() => _said.Dispose();

    [Theory]
    [InlineData(100, "[##########----------]  50%  5,000 of 10,000 records  1,000/s  5 s left  2.0 MB")]
    [InlineData(60, " 50%  5,000 of 10,000 records  1,000/s  5 s left  2.0 MB")]
    [InlineData(50, " 50%  5,000 of 10,000 records  1,000/s  5 s left")]
    [InlineData(20, " 50%")]
    public void A_narrow_line_leaves_out_the_least_important_parts(int width, string line) =>
        Assert.Equal(line, ProgressWords.Line(At(5_000), limit: null, rate: 1_000, width));

    [Fact]
    public void A_limit_is_the_end() =>
        Assert.StartsWith(" 50%  5,000 of 10,000 records",
            ProgressWords.Line(At(5_000, expected: 1_000_000), limit: 10_000, rate: null, 70), StringComparison.Ordinal);

    [Fact]
    public void Without_a_count_there_is_no_percentage() =>
        Assert.Equal("5,000 records  10/s  2.0 MB", ProgressWords.Line(At(5_000, expected: null), limit: null, rate: 10, 70));

    [Fact]
    public void On_a_terminal_it_is_drawn_in_place_and_seldom()
    {
        using (var progress = new ProgressLine(Host(width: 70), Messages(width: 70), limit: null, ProgressStyle.InPlace))
        {
            for (var page = 1; page <= 1_000; page++)
            {
                progress.Report(At(page * 10));
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }
        }
        var drawn = _said.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(drawn.Length, 5, 11);
        Assert.DoesNotContain('\n', _said.ToString());
        Assert.Equal("", drawn[^1].Trim());
    }

    [Fact]
    public void Without_a_terminal_there_is_a_line_now_and_then()
    {
        using (var progress = new ProgressLine(Host(), Messages(), limit: null, ProgressStyle.Plain))
        {
            for (var second = 1; second <= 25; second++)
            {
                progress.Report(At(second * 100));
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        }
        var lines = _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // After 10 s, then each 5 s.
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("progress: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("InPlace", true, false, "file")]
    [InlineData("Plain", false, false, "file")]
    [InlineData("None", true, true, "file")]
    [InlineData("None", true, false, "stdout", "terminal")]
    [InlineData("Plain", true, false, "stdout", "pipe")]
    [InlineData("InPlace", true, false, "stdout", "file")]
    public void It_is_never_written_between_rows(string style, bool terminal, bool quiet, string output, string standardOutput = "")
    {
        var host = new CliHost
        {
            Out = Stream.Null,
            Error = _said,
            OpenInput = () => TextReader.Null,
            Environment = _ => null,
            Interrupted = default,
            ErrorIsTerminal = terminal,
            OutIsTerminal = standardOutput == "terminal",
            OutIsPipe = standardOutput == "pipe",
        };
        Assert.Equal(style, ProgressLine.StyleFor(host, quiet, output == "stdout").ToString());
    }

    [Fact]
    public void Without_a_terminal_a_short_run_says_nothing()
    {
        using (var progress = new ProgressLine(Host(), Messages(), limit: null, ProgressStyle.Plain))
        {
            progress.Report(At(10));
            _time.Advance(TimeSpan.FromSeconds(9));
            progress.Report(At(20));
        }
        Assert.Empty(_said.ToString());
    }

    [Fact]
    public void Jobs_and_retries_are_shown_if_there_is_room()
    {
        var busy = At(5_000) with { Search = At(5_000).Search with { Jobs = 8, Retries = 1 } };
        Assert.EndsWith("2.0 MB  8 jobs  1 retry", ProgressWords.Line(busy, limit: null, rate: 1_000, 120), StringComparison.Ordinal);
        Assert.EndsWith("2.0 MB", ProgressWords.Line(busy, limit: null, rate: 1_000, 60), StringComparison.Ordinal);
    }

    [Fact]
    public void No_progress_is_shown_without_a_style()
    {
        using (var progress = new ProgressLine(Host(width: 70), Messages(width: 70), limit: null, ProgressStyle.None))
        {
            progress.Report(At(10));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Empty(_said.ToString());
    }

    [Fact]
    public void A_message_is_written_above_the_line()
    {
        var messages = Messages(width: 40);
        messages.Status("half way");
        messages.Info("a message");
        Assert.EndsWith("\ra message\nhalf way", _said.ToString(), StringComparison.Ordinal);
    }

    private static ExportProgress At(long received, long? expected = 10_000) =>
        new(ExportPhase.Fetching, new SearchProgress(received, expected, 1, null), 2_000_000, TimeSpan.FromSeconds(1));

    private Messages Messages(int? width = null) => new(Host(width), quiet: false, verbose: false);

    private CliHost Host(int? width = null) => new()
    {
        Out = Stream.Null,
        Error = _said,
        OpenInput = () => TextReader.Null,
        Environment = _ => null,
        Interrupted = default,
        ErrorIsTerminal = width is not null,
        Width = () => width ?? 0,
        Time = _time,
    };
}
