using LogScalePaging.Cli;
using LogScalePaging.Cli.Output;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The engine's messages hold both names of an option. The command line shows its own only.</summary>
public sealed class OptionNameTests
{
    private static readonly string s_message = string.Join(", ", OptionNames.All.Select(o => $"{o.Parameter} ({o.Flag})"));

    public static TheoryData<string> Ways => ["Info", "Detail", "Say", "Warning", "Error", "Status", "Warn", "Verbose"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void No_message_shows_a_parameter(string way) => AssertFlagsOnly(Shown((messages, signals) =>
    {
        Action<string> show = way switch
        {
            "Info" => messages.Info,
            "Detail" => messages.Detail,
            "Say" => messages.Say,
            "Warning" => messages.Warning,
            "Error" => messages.Error,
            "Status" => messages.Status,
            "Warn" => text => signals.Warn(SignalKind.EmptyField, text),
            _ => text => signals.Verbose(SignalKind.Ended, text),
        };
        show(s_message);
    }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_summary_shows_a_parameter(bool isVerdict) => AssertFlagsOnly(Shown((messages, signals) =>
        new SummaryPrinter(messages, TimeZoneInfo.Utc).Print(new RunSummary
        {
            Verdict = new Completeness(CompletenessState.Unverified, isVerdict ? s_message : "no count was requested"),
            Identity = new WalkIdentity("LogScale", "https://cloud.example.com", "main", "*", 0, 1),
            Signals = signals,
            Strategy = ("Around", isVerdict ? "requested" : s_message),
        })));

    [Fact]
    public async Task Each_flag_is_an_option_of_the_command_line()
    {
        using var world = new CliWorld(0);
        var help = (await world.RunAsync("export", "--help")).Out + (await world.RunAsync("simulate", "--help")).Out
            + (await world.RunAsync("slice", "--help")).Out;
        Assert.All(OptionNames.All, option => Assert.Matches($@"(?<![\w-]){option.Flag}(?![\w-])", help));
    }

    private static string Shown(Action<Messages, SignalLog> show)
    {
        var error = new StringWriter();
        var messages = new Messages(
            new CliHost
            {
                Out = Stream.Null,
                Error = error,
                OpenInput = () => TextReader.Null,
                Environment = _ => null,
                Interrupted = CancellationToken.None,
                ErrorIsTerminal = true,
                Width = () => 2_000,
            },
            quiet: false,
            verbose: true);
        var signals = new SignalLog();
        signals.Emitted += messages.Tell;
        show(messages, signals);
        return error.ToString();
    }

    private static void AssertFlagsOnly(string text)
    {
        Assert.Contains(string.Join(", ", OptionNames.All.Select(o => o.Flag)), text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?<![\\w-])-[A-Z]", text);
    }
}
