using System.Text;
using LogScalePaging.Common;

namespace LogScalePaging.Export.Reports;

/// <summary>
/// Writes HTML. Every text goes through the same escaping, because texts come from servers and from files that may be edited.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>The page so far.</summary>
    public override string ToString() => _html.ToString();

    /// <summary>A text of an element or a quoted attribute, on one line, without control characters.</summary>
    public static string Escape(string? text) => Escaped(Printable.Line(text ?? ""));

    /// <summary>Adds markup that has no text from outside.</summary>
    public HtmlWriter Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public HtmlWriter Text(string? text) => Raw(Escape(text));

    /// <summary>Adds an element with a text.</summary>
    public HtmlWriter Element(string name, string? text, string? style = null) =>
        Raw(style is null ? $"<{name}>" : $"<{name} class=\"{style}\">").Text(text).Raw($"</{name}>\n");

    /// <summary>Adds a text that keeps its line breaks.</summary>
    public HtmlWriter Block(string? text) => Raw("<pre>").Raw(Escaped(Printable.Block(text ?? ""))).Raw("</pre>\n");

    /// <summary>Adds a table of names and values. Values that are null are left out.</summary>
    public HtmlWriter Facts(params (string Name, string? Value)[] facts)
    {
        Raw("<table class=\"facts\"><tbody>\n");
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                Raw("<tr><th scope=\"row\">").Text(name).Raw("</th><td>").Text(value).Raw("</td></tr>\n");
        }
        return Raw("</tbody></table>\n");
    }

    /// <summary>Adds a table.</summary>
    public HtmlWriter Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        Raw("<table><thead><tr>");
        foreach (var name in header)
            Raw("<th scope=\"col\">").Text(name).Raw("</th>");
        Raw("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            Raw("<tr>");
            foreach (var cell in row)
                Raw("<td>").Text(cell).Raw("</td>");
            Raw("</tr>\n");
        }
        return Raw("</tbody></table>\n");
    }

    private static string Escaped(string text) => text
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");
}
