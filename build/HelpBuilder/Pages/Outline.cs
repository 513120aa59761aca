using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>Divides a page at its headings.</summary>
internal static class Outline
{
    private static readonly MarkdownPipeline s_pipeline =
        new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePreciseSourceLocation().Build();

    /// <summary>Reads the headings of a page.</summary>
    /// <param name="text">The page.</param>
    /// <param name="report">Takes what is wrong: the line from 0, and the message.</param>
    /// <returns>The front matter, the name of the cmdlet and its sections; null where there is no name.</returns>
    public static (YamlFrontMatterBlock? FrontMatter, Section? Command) Read(string text, Action<int, string> report)
    {
        var document = Markdown.Parse(text, s_pipeline);
        Section? command = null;
        foreach (var block in document)
        {
            if (block is YamlFrontMatterBlock or LinkReferenceDefinitionGroup)
                continue;
            if (block is HeadingBlock heading)
                Add(ref command, heading, report);
            else if (Last(command) is { Level: > 1 } section)
                section.Blocks.Add(block);
            else
                report(block.Line, "Text must stand below a heading such as '## DESCRIPTION'.");
        }
        if (command is not null)
            SetEnds([command], text.Split('\n').Length);
        return (document.OfType<YamlFrontMatterBlock>().FirstOrDefault(), command);
    }

    private static void Add(ref Section? command, HeadingBlock heading, Action<int, string> report)
    {
        var section = new Section(heading.Level, PlainText.Of(heading.Inline, report), heading.Line);
        if (heading.Level == 1 && command is null)
            command = section;
        else if (heading.Level == 2 && command is not null)
            command.Entries.Add(section);
        else if (heading.Level == 3 && command?.Entries.LastOrDefault() is { } parent)
            parent.Entries.Add(section);
        else
        {
            report(heading.Line,
                $"A heading of level {heading.Level} is not expected here. A page has one '#', sections with '##' and entries with '###'.");
        }
    }

    private static Section? Last(Section? section) => section?.Entries.LastOrDefault() is { } last ? Last(last) : section;

    private static void SetEnds(IReadOnlyList<Section> sections, int end)
    {
        for (var i = 0; i < sections.Count; i++)
        {
            sections[i].End = i + 1 < sections.Count ? sections[i + 1].Start : end;
            SetEnds(sections[i].Entries, sections[i].End);
        }
    }
}
