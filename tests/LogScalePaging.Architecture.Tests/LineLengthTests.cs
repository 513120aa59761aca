using System.Reflection;

namespace LogScalePaging.Architecture.Tests;

public sealed class LineLengthTests
{
    // max_line_length of .editorconfig, which no analyzer reads.
    private const int Most = 140;

    private static readonly string s_root = Path.GetDirectoryName(typeof(LineLengthTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Sources").Value!.TrimEnd('/', '\\'))!;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("build")]
    public void Only_lines_with_a_text_are_longer_than_140_columns(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).ToList();
        Assert.NotEmpty(files);
        var tooLong = files.SelectMany(file => File.ReadLines(file).Select((line, i) => (Place: $"{file}({i + 1})", Line: line)))
            .Where(l => l.Line.Length > Most && !l.Line.Contains('"'));
        Assert.Empty(tooLong.Select(l => $"{l.Place}: {l.Line.Trim()}"));
    }
}
