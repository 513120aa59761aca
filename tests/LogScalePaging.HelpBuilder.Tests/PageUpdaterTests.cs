using LogScalePaging.HelpBuilder.Output;

namespace LogScalePaging.HelpBuilder.Tests;

public sealed class PageUpdaterTests
{
    [Fact]
    public void A_page_that_is_up_to_date_stays_as_it_is() => Assert.Equal(Sample.Text, Update(Sample.Text));

    [Theory]
    [InlineData("Accepted values: Small, Large\n", "")]
    [InlineData("### Id\n", "### Other\n")]
    [InlineData("### CommonParameters", "### CommonParameters\n\nMore.")]
    [InlineData("```\n\n```yaml\nType: String[]\nParameter Sets: Id\nAliases: F", "```\n\n```yaml\nParameter Sets: Id\nAliases: F")]
    public void Generated_parts_are_written_again(string part, string replacement) =>
        Assert.Equal(Sample.Text, Update(Sample.With(part, replacement)));

    [Fact]
    public void Handwritten_parts_are_kept()
    {
        var text = Sample.With("Default value: Small", "Default value: what the server says")
            .Replace("The kind.", "Other\nwords.", StringComparison.Ordinal);
        Assert.Equal(text, Update(text));
    }

    [Fact]
    public void A_new_parameter_gets_an_entry_at_its_place()
    {
        var lines = Sample.Text.Split('\n').ToList();
        var start = lines.IndexOf("### -Level");
        var end = lines.IndexOf("### -Limit");
        var updated = Update(string.Join('\n', lines.Where((_, i) => i < start || i >= end)));
        var expected = Sample.Text.Replace("\nLevel.\n", "\n{{ Fill in what -Level is for }}\n", StringComparison.Ordinal);
        Assert.Equal(expected.Split('\n').Order(), updated.Split('\n').Order());
        Assert.All(Sample.Check(updated), p => Assert.Equal(ProblemKind.Placeholder, p.Kind));
        // Before the first entry whose name comes later.
        Assert.True(updated.IndexOf("### -Level", StringComparison.Ordinal) < updated.IndexOf("### -Name", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-Sample")]
    [InlineData("Stop-Sample")]
    public void A_new_page_lacks_only_text(string name)
    {
        using var folder = new PageFolder();
        var pages = new HelpPageSet(folder.Path, Sample.Cmdlets);
        Assert.Equal(["Get-Sample.md", "Stop-Sample.md"], pages.Update().Select(Path.GetFileName));
        Assert.NotEmpty(pages.Problems);
        Assert.All(pages.Problems, p => Assert.Equal(ProblemKind.Placeholder, p.Kind));
        Assert.Contains(pages.Problems, p => p.File.EndsWith($"{name}.md", StringComparison.Ordinal));
        Assert.Empty(pages.Update());
    }

    private static string Update(string text) => string.Join('\n', PageUpdater.Update(Sample.Read(text), Sample.Cmdlet));
}
