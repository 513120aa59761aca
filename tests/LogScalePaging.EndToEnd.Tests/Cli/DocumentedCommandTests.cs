using System.Text.RegularExpressions;
using LogScalePaging.Cli;

namespace LogScalePaging.EndToEnd.Tests.Cli;

/// <summary>The command lines in README, in docs and in the help are ones that the program takes.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly string[] s_commands = ["export", "verify", "timestamp", "plan", "slice", "merge", "simulate"];

    [Fact]
    public void The_lines_of_the_docs_are_valid()
    {
        var docs = Path.Combine(Root(), "docs");
        var lines = Directory.GetFiles(docs, "*.md").Append(Path.Combine(Root(), "README.md"))
            .SelectMany(file => Blocks().Matches(File.ReadAllText(file)).SelectMany(block => Lines(block.Groups["code"].Value)
                .Select(line => (Where: Path.GetFileName(file), line)))).ToList();
        Assert.True(lines.Count >= 8, $"{lines.Count} lines");
        Assert.All(lines, line => EnsureValid(line.Where, line.line));
    }

    [Fact]
    public async Task The_examples_of_the_help_are_valid()
    {
        using var world = new CliWorld(0);
        foreach (var command in s_commands)
        {
            var lines = Lines((await world.RunAsync(command, "--help")).Out).ToList();
            Assert.NotEmpty(lines);
            Assert.All(lines, line => EnsureValid($"{command} --help", line));
        }
    }

    private static void EnsureValid(string where, string line)
    {
        var words = Words().Matches(line).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Value)
            .TakeWhile(word => word is not ("#" or ">" or "|" or "&" or "&&" or ";")).Skip(1).ToList();
        var parsed = CommandLineApp.Parse(words, new CliHost
        {
            Out = Stream.Null,
            Error = TextWriter.Null,
            OpenInput = () => TextReader.Null,
            Environment = _ => null,
            Interrupted = default,
        });
        Assert.True(parsed.Errors.Count == 0, $"{where}: {line}\n{string.Join("\n", parsed.Errors.Select(e => e.Message))}");
    }

    // A line can go on after a backslash.
    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(CommandLineApp.Name + " ", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LogScalePaging.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("^```\\w*\\r?\\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"'(?<quoted>[^']*)'|[^\s']+", RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
