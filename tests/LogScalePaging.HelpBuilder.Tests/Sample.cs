using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Output;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder.Tests;

/// <summary>The cmdlets of this assembly, and a good page for Get-Sample.</summary>
internal static class Sample
{
    public const string File = "Get-Sample.md";

    // What is written by hand; the rest is generated.
    private const string ByHand = """
        ---
        external help file: LogScalePaging.dll-Help.xml
        Module Name: LogScalePaging
        online version:
        schema: 2.0.0
        ---

        # Get-Sample

        ## SYNOPSIS

        Gets a `sample`.

        ## SYNTAX

        ## DESCRIPTION

        The first paragraph
        has two lines.

        - one
        - two

        ## EXAMPLES

        ### Example 1: One sample

        ```powershell
        $name = '*'
        Get-Sample $name
        ```

        It gives one.

        ## PARAMETERS

        ### -Name

        The name.

        ### -Kind

        The kind.

        ```yaml
        Default value: Small
        ```

        ### -Argument

        Argument.

        ### -Exact

        Exact.

        ### -Id

        Id.

        ### -Level

        Level.

        ### -Limit

        Limit.

        ### -Path

        Path.

        ### -WhatIf

        WhatIf.

        ### -Confirm

        Confirm.

        ## INPUTS

        ### System.String

        A name.

        ## OUTPUTS

        ### Sample.Text

        A text.

        ## NOTES

        A note.

        ## RELATED LINKS

        [about_Other](https://example.com/other)

        """;

    public static IReadOnlyDictionary<string, CmdletModel> Cmdlets { get; } = CmdletReader.Read(
        typeof(Sample).Assembly.Location,
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator));

    public static CmdletModel Cmdlet => Cmdlets["Get-Sample"];

    /// <summary>A page without errors.</summary>
    public static string Text { get; } = string.Join('\n', PageUpdater.Update(Read(ByHand), Cmdlet));

    /// <summary>Reads a page that has no error of layout.</summary>
    public static HelpPage Read(string text)
    {
        var problems = new List<Problem>();
        var page = HelpPageReader.Read(File, text, problems);
        Assert.Empty(problems);
        return page!;
    }

    /// <summary>All problems of a page.</summary>
    public static IReadOnlyList<Problem> Check(string text)
    {
        var problems = new List<Problem>();
        return HelpPageReader.Read(File, text, problems) is { } page ? [.. PageCheck.Find(page, Cmdlet)] : problems;
    }

    /// <summary>Replaces a part of the good page that is there once.</summary>
    public static string With(string part, string replacement)
    {
        Assert.Equal(2, Text.Split(part).Length);
        return Text.Replace(part, replacement, StringComparison.Ordinal);
    }
}
