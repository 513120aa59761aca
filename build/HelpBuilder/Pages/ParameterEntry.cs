using Markdig.Syntax;

namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>Reads the entry of a parameter: text, then yaml blocks. Only the default value of a block is written by hand.</summary>
internal sealed class ParameterEntry(Section entry, string text, Action<int, string> report)
{
    /// <summary>The key of the yaml block that the update keeps.</summary>
    public const string DefaultKey = "Default value";

    private static readonly string[] s_keys =
    [
        "Type", "Parameter Sets", "Aliases", "Accepted values", "Required", "Position", DefaultKey, "Accept pipeline input",
        "Accept wildcard characters",
    ];

    /// <summary>Reads it.</summary>
    public PageParameter Read()
    {
        if (!entry.Title.StartsWith('-'))
            report(entry.Start, $"The heading '{entry.Title}' must name a parameter, such as '### -Path', or be '### CommonParameters'.");
        var blocks = entry.Blocks.OfType<FencedCodeBlock>().Where(b => b.Info == "yaml").ToList();
        var description = entry.Blocks.Except(blocks).ToList();
        foreach (var late in description.Where(d => blocks.Count > 0 && d.Line > blocks[0].Line))
            report(late.Line, $"The text of '{entry.Title}' must stand before its yaml block.");
        if (description.Count == 0)
            report(entry.Start, $"The parameter '{entry.Title}' has no text.");
        var values = blocks.SelectMany(ReadBlock).ToList();
        return new PageParameter(
            entry.Title.TrimStart('-'),
            entry.Lines,
            [.. PlainText.Of(description, report)],
            [.. blocks.Select(b => new LineRange(b.Line, LineOf(b.Span.End) + 1))],
            values.Find(v => v.Key == DefaultKey).Value);
    }

    private IEnumerable<KeyValuePair<string, string>> ReadBlock(FencedCodeBlock block)
    {
        var lines = block.Lines.ToString().Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0)
                continue;
            var parts = line.Split(':', 2);
            if (parts.Length == 2 && s_keys.Contains(parts[0]))
                yield return KeyValuePair.Create(parts[0], parts[1].Trim());
            else
                report(block.Line + 1 + i, $"'{line}' is no line of a parameter's yaml block. The keys are {string.Join(", ", s_keys)}.");
        }
    }

    private int LineOf(int offset) => text.AsSpan(0, offset).Count('\n');
}
