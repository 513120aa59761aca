using System.Text.RegularExpressions;
using LogScalePaging.Common;

namespace LogScalePaging.Architecture.Tests;

/// <summary>A message of the cmdlets never shows a flag of the command line, and the reverse.</summary>
public sealed partial class OptionNameTests
{
    [Theory]
    [InlineData("Use -Resume (--resume), or -Force (--force).", "Use -Resume, or -Force.", "Use --resume, or --force.")]
    [InlineData("no option (of any kind) here", "no option (of any kind) here", "no option (of any kind) here")]
    [InlineData("'-Other (--other)' comes from a query", "'-Other (--other)' comes from a query", "'-Other (--other)' comes from a query")]
    public void Each_face_removes_the_name_of_the_other(string message, string parameters, string flags)
    {
        Assert.Equal(parameters, OptionNames.ForPowerShell(message));
        Assert.Equal(flags, OptionNames.ForCommandLine(message));
    }

    [Fact]
    public void The_cmdlets_show_no_flag_from_a_message_of_the_engine() =>
        Assert.DoesNotContain(Engine(), text => Flag().IsMatch(OptionNames.ForPowerShell(text)));

    [Fact]
    public void The_command_line_shows_no_parameter_from_a_message_of_the_engine() =>
        Assert.DoesNotContain(Engine(), text => Parameter().IsMatch(OptionNames.ForCommandLine(text)));

    [Fact]
    public void The_messages_of_the_engine_name_every_option_of_the_table()
    {
        var texts = Engine().ToList();

        Assert.All(OptionNames.All, option =>
            Assert.Contains(texts, text => text.Contains($"{option.Parameter} ({option.Flag})", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_cmdlets_name_no_flag_themselves() =>
        Assert.DoesNotContain(SourceTexts.Of("LogScalePaging"), text => Flag().IsMatch(text));

    [Fact]
    public void The_command_line_names_no_parameter_itself() =>
        Assert.DoesNotContain(SourceTexts.Of("LogScalePaging.Cli"), text => Parameter().IsMatch(text));

    // The list of option names itself is no message. The simulator's events hold command lines of other programs. The style sheet of a
    // report
    // has variables, whose names begin with two dashes.
    private static IEnumerable<string> Engine() => SourceTexts.Of("LogScalePaging.Core", except: "OptionNames.cs")
        .Where(text => !text.Contains("prefers-color-scheme", StringComparison.Ordinal))
        .Concat(SourceTexts.Of("LogScalePaging.Simulator", except: "EventTemplates.cs"));

    [GeneratedRegex(@"(?<![\w-])--[a-z]")]
    private static partial Regex Flag();

    [GeneratedRegex(@"(?<![\w}-])-[A-Z][a-z]")]
    private static partial Regex Parameter();
}
