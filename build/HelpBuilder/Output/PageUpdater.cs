using LogScalePaging.HelpBuilder.Cmdlets;
using LogScalePaging.HelpBuilder.Pages;

namespace LogScalePaging.HelpBuilder.Output;

/// <summary>Writes what a page takes from its cmdlet, and leaves everything that is written by hand.</summary>
internal static class PageUpdater
{
    private static readonly string[] s_commonParameters =
    [
        "### CommonParameters",
        "",
        "This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable, -InformationAction, -InformationVariable,",
        "-OutBuffer, -OutVariable, -PipelineVariable, -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more",
        "information, see [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).",
        "",
    ];

    /// <summary>The lines of the page with the syntax, the yaml blocks and new parameters of the cmdlet.</summary>
    public static IReadOnlyList<string> Update(HelpPage page, CmdletModel cmdlet)
    {
        var edits = new List<(LineRange Range, IEnumerable<string> Lines)> { (page.Syntax, SyntaxText.Of(cmdlet)) };
        foreach (var entry in page.Parameters)
        {
            if (cmdlet.Parameters.FirstOrDefault(p => p.Name == entry.Name) is { } parameter)
                edits.Add(BlockEdit(entry, ParameterBlock.Of(cmdlet, parameter, entry.DefaultValue)));
        }
        var added = cmdlet.Parameters.Where(p => page.Parameters.All(e => e.Name != p.Name));
        foreach (var parameter in added.OrderBy(p => p.Name, StringComparer.Ordinal))
            edits.Add((Insert(page, parameter.Name), Skeleton.Parameter(cmdlet, parameter)));
        edits.Add((page.CommonParameters ?? new LineRange(page.ParameterLines.End, page.ParameterLines.End), s_commonParameters));
        return Apply(page.Lines, edits);
    }

    // An entry without a block gets one at its end.
    private static (LineRange Range, IEnumerable<string> Lines) BlockEdit(PageParameter entry, IEnumerable<string> lines) =>
        entry.Blocks.Count == 0
            ? (new LineRange(entry.Lines.End, entry.Lines.End), [.. lines, ""])
            : (new LineRange(entry.Blocks[0].Start, entry.Blocks[^1].End), lines);

    // In alphabetical order, as far as the page has it.
    private static LineRange Insert(HelpPage page, string name)
    {
        var next = page.Parameters.FirstOrDefault(e => string.CompareOrdinal(e.Name, name) > 0);
        var line = next?.Lines.Start ?? page.CommonParameters?.Start ?? page.ParameterLines.End;
        return new LineRange(line, line);
    }

    // Edits at the same line keep their order.
    private static List<string> Apply(IReadOnlyList<string> lines, List<(LineRange Range, IEnumerable<string> Lines)> edits)
    {
        var result = new List<string>();
        var next = 0;
        foreach (var (range, text) in edits.OrderBy(e => e.Range.Start).ThenBy(e => e.Range.End))
        {
            result.AddRange(lines.Take(range.Start).Skip(next));
            result.AddRange(text);
            next = range.End;
        }
        result.AddRange(lines.Skip(next));
        return result;
    }
}
