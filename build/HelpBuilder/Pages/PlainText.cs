using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>Text of a page without its markup, as Get-Help shows it.</summary>
internal static class PlainText
{
    /// <summary>The paragraphs of some blocks. A list gives one for each item, code one for each block.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="report">Takes what is wrong: the line from 0, and the message.</param>
    public static IEnumerable<string> Of(IEnumerable<Block> blocks, Action<int, string> report)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ParagraphBlock paragraph:
                    yield return Of(paragraph.Inline, report);
                    break;
                case ListBlock list:
                    foreach (var item in list.OfType<ListItemBlock>())
                        yield return (list.IsOrdered ? $"{item.Order}. " : "- ") + string.Join(" ", Of(item, report));
                    break;
                case FencedCodeBlock code:
                    yield return Code(code);
                    break;
                default:
                    report(block.Line, "Only paragraphs, lists and fenced code can be shown by Get-Help.");
                    break;
            }
        }
    }

    /// <summary>The lines of a code block.</summary>
    public static string Code(FencedCodeBlock code) => code.Lines.ToString().TrimEnd();

    /// <summary>Inline text. The lines of a paragraph become one.</summary>
    public static string Of(ContainerInline? inlines, Action<int, string> report)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LinkInline { IsImage: true }:
                    report(inline.Line, "Get-Help cannot show an image.");
                    break;
                case ContainerInline container:
                    text.Append(Of(container, report));
                    break;
                default:
                    report(inline.Line, "HTML is not shown by Get-Help. Write `<name>` in backticks.");
                    break;
            }
        }
        return text.ToString();
    }
}
