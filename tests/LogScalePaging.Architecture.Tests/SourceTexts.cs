using System.Reflection;
using System.Text.RegularExpressions;

namespace LogScalePaging.Architecture.Tests;

/// <summary>
/// The strings in the source of a project. Strings joined by <c>+</c> count as one, because a message may be wrapped anywhere.
/// </summary>
internal static partial class SourceTexts
{
    private static readonly string s_sources = typeof(SourceTexts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Sources").Value!;

    /// <summary>The strings of a project, but not those of the files with this name.</summary>
    public static IEnumerable<string> Of(string project, string? except = null)
    {
        var files = Directory.EnumerateFiles(Path.Combine(s_sources, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != except && !file.Split(Path.DirectorySeparatorChar).Contains("obj"));
        return files.SelectMany(file => In(File.ReadAllText(file)));
    }

    private static IEnumerable<string> In(string source)
    {
        var code = Joint().Replace(Comment().Replace(source, ""), "");
        return Text().Matches(code).Select(match => match.Value);
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("""
        (?<!")"\s*\+\s*\$?"(?!")
        """)]
    private static partial Regex Joint();

    [GeneratedRegex(""""
        """[\s\S]*?"""|"(?:[^"\\\r\n]|\\.)*"
        """")]
    private static partial Regex Text();
}
