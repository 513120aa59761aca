using System.CommandLine;
using System.CommandLine.Parsing;
using LogScalePaging.Cli.Options;

namespace LogScalePaging.Cli.Running;

/// <summary>The command line that resumes a run, ready to be pasted.</summary>
internal static class ResumeHint
{
    private static readonly string[] s_dropped = ["--resume", "--force", "-f"];

    /// <summary>
    /// This command line with <c>--resume</c>, and with the path of this run: a placeholder may have another value later.
    /// </summary>
    public static string Of(ParseResult parsed, OutputRequest output)
    {
        var words = parsed.Tokens.Where(t => !IsDropped(t))
            .Select(t => t.Value == output.Template?.Text ? output.Path.Replace("{", "{{").Replace("}", "}}") : t.Value);
        return $"{CommandLineApp.Name} {string.Join(' ', words.Select(Quote))} --resume";
    }

    /// <summary>A word, quoted for a POSIX shell.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@%+".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsDropped(Token token) => token.Type == TokenType.Option && s_dropped.Contains(token.Value);
}
