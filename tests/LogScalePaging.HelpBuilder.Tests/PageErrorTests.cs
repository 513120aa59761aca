namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>A bad page is reported with the line to correct, in the form that MSBuild understands.</summary>
public sealed class PageErrorTests
{
    [Fact]
    public void A_valid_page_has_no_errors() => Assert.Empty(Sample.Check(Sample.Text));

    [Fact]
    public void A_valid_page_with_Windows_line_ends_has_no_errors() => Assert.Empty(Sample.Check(Sample.Text.ReplaceLineEndings("\r\n")));

    /// <param name="part">A part of the good page.</param>
    /// <param name="replacement">What stands there in the bad page.</param>
    /// <param name="at">A part of the line that is reported; empty for the first line.</param>
    /// <param name="message">A part of the message.</param>
    [Theory]
    [InlineData("schema: 2.0.0\n", "", "", "'schema: 2.0.0'")]
    [InlineData(": LogScalePaging.dll-Help.xml", ": Other.xml", "", "'external help file: LogScalePaging.dll-Help.xml'")]
    [InlineData("# Get-Sample\n", "# Get-Simple\n", "# Get-Simple", "'# Get-Sample'")]
    [InlineData("# Get-Sample\n", "", "", "'# Get-Sample'")]
    [InlineData("## NOTES", "## REMARKS", "## REMARKS", "'REMARKS' is not known")]
    [InlineData("## NOTES", "## INPUTS", "## INPUTS\n\nA note", "'INPUTS' is there twice")]
    [InlineData("## OUTPUTS", "## NOTES", "# Get-Sample\n", "'## OUTPUTS' is missing")]
    [InlineData("### -Kind", "#### -Kind", "#### -Kind", "level 4 is not expected")]
    [InlineData("# Get-Sample\n", "# Get-Sample\n\nStray.\n", "Stray.", "must stand below a heading")]
    [InlineData("Gets a `sample`.", "", "## SYNOPSIS", "'SYNOPSIS' has no text")]
    [InlineData("The kind.", "", "### -Kind", "'-Kind' has no text")]
    [InlineData("```powershell\n$name = '*'\nGet-Sample $name\n```", "", "### Example 1", "One sample' must begin with fenced code")]
    [InlineData("$name = '*'\nGet-Sample $name\n", "", "```powershell", "'Example 1: One sample' has no code")]
    [InlineData("## EXAMPLES", "## EXAMPLES\n\nSee below.", "See below.", "below a heading of level 3")]
    [InlineData("A note.", "### Note\n\nA note.", "### Note", "'NOTES' has no entries")]
    [InlineData("The kind.", "A <name>.", "A <name>.", "HTML is not shown")]
    [InlineData("The kind.", "Two lines,\nthen ![a picture](x.png).", "then !", "cannot show an image")]
    [InlineData("The kind.", "> The kind.", "> The kind.", "Only paragraphs, lists and fenced code")]
    [InlineData("Default value: Small", "Default: Small", "Default: Small", "'Default: Small' is no line of a parameter's yaml block")]
    [InlineData("### -Kind", "### Kind", "### Kind", "must name a parameter")]
    [InlineData("A text.", "A text.\n\n## SYNTAX", "## SYNTAX\n\n## NOTES", "'SYNTAX' is there twice")]
    [InlineData("(https://example.com/other)", "(other.md)", "[about_Other]", "'other.md', which is neither a file nor")]
    [InlineData("[about_Other](https://example.com/other)", "about_Other", "about_Other", "has links only")]
    public void Bad_layout_is_reported(string part, string replacement, string at, string message)
    {
        var text = Sample.With(part, replacement);
        var problem = Assert.Single(Sample.Check(text), p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(ProblemKind.Layout, problem.Kind);
        Assert.Equal(LineOf(text, at), problem.Line);
        Assert.Equal($"Get-Sample.md({problem.Line}): error HELP001: {problem.Message}", problem.ToString());
    }

    [Theory]
    [InlineData("### -Kind", "### -Kinds", "### -Kinds", "Get-Sample has no parameter -Kinds")]
    [InlineData("### -Kind", "### -Kinds", "## PARAMETERS", "-Kind has no entry")]
    [InlineData("### -Exact", "### -Name", "### -Name\n\nExact", "-Name is there twice")]
    [InlineData("### Sample.Text", "### Sample.Other", "### Sample.Other", "does not emit Sample.Other")]
    public void A_page_that_differs_from_its_cmdlet_is_reported(string part, string replacement, string at, string message)
    {
        var text = Sample.With(part, replacement);
        var problem = Assert.Single(Sample.Check(text), p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal((ProblemKind.Mismatch, LineOf(text, at)), (problem.Kind, problem.Line));
        Assert.StartsWith($"Get-Sample.md({problem.Line}): error HELP002: ", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Accepted values: Small, Large", "Accepted values: Small", "Accepted values: Small\n")]
    [InlineData("-Id <Int32> ", "-Id <String> ", "-Id <String> ")]
    [InlineData("-ErrorVariable, ", "", "-Debug, -ErrorAction")]
    public void A_generated_part_that_is_out_of_date_is_reported(string part, string replacement, string at)
    {
        var text = Sample.With(part, replacement);
        var problem = Assert.Single(Sample.Check(text));
        Assert.Equal((ProblemKind.OutOfDate, LineOf(text, at)), (problem.Kind, problem.Line));
        Assert.Contains("-t:UpdateHelp", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_still_to_be_written_is_a_warning()
    {
        var text = Sample.With("The kind.", "{{ Fill in what -Kind is for }}");
        var problem = Assert.Single(Sample.Check(text));
        Assert.Equal(LineOf(text, "{{ Fill in"), problem.Line);
        Assert.Equal($"Get-Sample.md({problem.Line}): warning HELP004: This text is still to be written.", problem.ToString());
    }

    private static int LineOf(string text, string part)
    {
        var index = text.IndexOf(part, StringComparison.Ordinal);
        Assert.NotEqual(-1, index);
        return text[..index].Split('\n').Length;
    }
}
