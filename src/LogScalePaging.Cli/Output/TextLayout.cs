namespace LogScalePaging.Cli.Output;

/// <summary>Fits text to the width of a terminal.</summary>
internal static class TextLayout
{
    private const int Narrowest = 12;

    /// <summary>Breaks text into lines at spaces, or within a word that is too long. Line breaks of the text are kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Columns.</param>
    /// <param name="indent">
    /// Columns that the caller puts before the lines. At least 12 columns are left for the text, even on a narrow terminal.
    /// </param>
    public static IReadOnlyList<string> Wrap(string text, int width, int indent = 0)
    {
        var room = Math.Max(width - indent, Narrowest);
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var rest = paragraph.AsSpan();
            while (rest.Length > room)
            {
                var cut = rest[..(room + 1)].LastIndexOf(' ');
                // A break inside the leading spaces would only remove them.
                if (cut <= 0 || rest[..cut].Trim().IsEmpty)
                {
                    lines.Add(rest[..room].ToString());
                    rest = rest[room..];
                    continue;
                }
                lines.Add(rest[..cut].TrimEnd().ToString());
                rest = rest[(cut + 1)..];
            }
            lines.Add(rest.ToString());
        }
        return lines;
    }

    /// <summary>Cuts text that is too long, and marks this with its last character.</summary>
    public static string Clip(string text, int width) => text.Length <= width ? text : width < 2 ? "" : text[..(width - 1)] + "~";
}
