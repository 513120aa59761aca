using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Tests.Export;

public sealed class PathTemplateTests
{
    private static readonly string[] s_known = ["name", "index", "start"];

    private static readonly DateTimeOffset s_start = new(2026, 2, 1, 1, 2, 3, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("a.ndjson", "a.ndjson")]
    [InlineData("{name}.ndjson", "hunt.ndjson")]
    [InlineData("{NAME}-{index}.csv", "hunt-7.csv")]
    [InlineData("{index:D3}.csv", "007.csv")]
    [InlineData("out/{start}.json", "out/20260131T230203Z.json")]
    [InlineData("{start:yyyy-MM-dd}.json", "2026-01-31.json")]
    [InlineData("{start:HH:mm}.json", "23-02.json")]
    [InlineData("{start:yyyy/MM}.json", "2026-01.json")]
    [InlineData("a{{b}}c.json", "a{b}c.json")]
    [InlineData("{{{name}}}.json", "{hunt}.json")]
    public void Placeholders_are_filled(string path, string expected) => Assert.Equal(expected, Filled(path, "hunt"));

    [Theory]
    [InlineData("../../etc/passwd", "-..-etc-passwd")]
    [InlineData("..", "_")]
    [InlineData("", "_")]
    [InlineData(" . ", "_")]
    [InlineData("a:b*c?d\"e<f>g|h\\i", "a-b-c-d-e-f-g-h-i")]
    [InlineData("line\nbreak\u001b[31m", "line-break-[31m")]
    [InlineData("x\u202etxt.exe", "x-txt.exe")]
    [InlineData("nul", "_nul")]
    [InlineData("COM1.log", "_COM1.log")]
    [InlineData("console", "console")]
    [InlineData("tail. ", "tail")]
    public void A_value_is_safe_in_a_file_name(string value, string expected) => Assert.Equal(expected, Filled("{name}", value));

    [Fact]
    public void A_long_value_is_cut() => Assert.Equal(FileNameText.MaxLength, Filled("{name}", new('x', 500)).Length);

    [Theory]
    [InlineData("{nam}.json", "unknown placeholder '{nam}'")]
    [InlineData("{}.json", "unknown placeholder '{}'")]
    [InlineData("{name.json", "'{' without a partner")]
    [InlineData("name}.json", "'}' without a partner")]
    public void A_bad_placeholder_is_an_error_that_lists_the_known_ones(string path, string why)
    {
        var e = Assert.Throws<ExportException>(() => PathTemplate.Parse(path, s_known));
        Assert.Equal(ExportErrorKind.BadPath, e.Kind);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Contains("{name}, {index}, {start}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name:D3}.json")]
    [InlineData("{index:Q}.json")]
    public void A_format_that_does_not_fit_is_an_error(string path) =>
        Assert.Equal(ExportErrorKind.BadPath, Assert.Throws<ExportException>(() => Filled(path, "hunt")).Kind);

    [Fact]
    public void A_placeholder_without_a_value_is_an_error() =>
        Assert.Contains("no value for it here", Assert.Throws<ExportException>(() => Filled("{name}", null)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_template_lists_its_placeholders_once()
    {
        var template = PathTemplate.Parse("{name}/{start:yyyy}-{Start:MM}.json", s_known);
        Assert.Equal(["name", "start"], template.Names);
        Assert.True(template.Has("START"));
        Assert.False(template.IsFixed);
        Assert.True(PathTemplate.Parse("a.json", s_known).IsFixed);
    }

    private static string Filled(string path, string? name) => PathTemplate.Parse(path, s_known).Fill(placeholder => placeholder switch
    {
        "name" => name,
        "index" => 7,
        "start" => s_start,
        _ => throw new InvalidOperationException(placeholder),
    });
}
