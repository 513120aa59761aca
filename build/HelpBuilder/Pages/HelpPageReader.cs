using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>Reads a page of docs/commands, which has the layout of platyPS (schema 2.0.0).</summary>
internal sealed class HelpPageReader
{
    /// <summary>Name of the file that the build makes; it follows the name of the assembly.</summary>
    public const string HelpFile = "LogScalePaging.dll-Help.xml";

    private static readonly string[] s_required = ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "OUTPUTS"];
    private static readonly string[] s_known = [.. s_required, "INPUTS", "NOTES", "RELATED LINKS"];

    private readonly string _file;
    private readonly string _text;
    private readonly List<Problem> _problems = [];

    private HelpPageReader(string file, string text)
    {
        _file = file;
        _text = text.ReplaceLineEndings("\n");
    }

    /// <summary>Reads a page.</summary>
    /// <param name="file">Path of the page, for messages and for links to other files.</param>
    /// <param name="text">The page.</param>
    /// <param name="problems">Takes what is wrong with its layout.</param>
    /// <returns>Null where the layout has an error.</returns>
    public static HelpPage? Read(string file, string text, ICollection<Problem> problems)
    {
        var reader = new HelpPageReader(file, text);
        var page = reader.ReadPage();
        reader._problems.ForEach(problems.Add);
        return reader._problems.Count == 0 ? page : null;
    }

    private HelpPage? ReadPage()
    {
        var (frontMatter, command) = Outline.Read(_text, Report);
        var header = frontMatter?.Lines.ToString().Split('\n') ?? [];
        foreach (var line in new[] { $"external help file: {HelpFile}", "schema: 2.0.0" }.Except(header))
            Report(0, $"The front matter must have the line '{line}'.");
        var name = Path.GetFileNameWithoutExtension(_file);
        if (command?.Title != name)
            Report(command?.Start ?? 0, $"The first heading must be '# {name}', like the name of the file.");
        if (command is null)
            return null;
        var sections = CheckSections(command);
        return s_required.All(sections.ContainsKey) ? ReadPage(command.Title, sections) : null;
    }

    private Dictionary<string, Section> CheckSections(Section command)
    {
        var sections = new Dictionary<string, Section>(StringComparer.Ordinal);
        foreach (var section in command.Entries)
        {
            if (!s_known.Contains(section.Title))
                Report(section.Start, $"The heading '{section.Title}' is not known. The sections are {string.Join(", ", s_known)}.");
            else if (!sections.TryAdd(section.Title, section))
                Report(section.Start, $"The section '{section.Title}' is there twice.");
        }
        foreach (var missing in s_required.Where(s => !sections.ContainsKey(s)))
            Report(command.Start, $"The section '## {missing}' is missing.");
        return sections;
    }

    private HelpPage ReadPage(string name, Dictionary<string, Section> sections)
    {
        var parameters = sections["PARAMETERS"];
        var common = parameters.Entries.Find(e => e.Title == "CommonParameters");
        NoText(parameters);
        return new HelpPage
        {
            File = _file,
            Lines = _text.Split('\n'),
            Name = name,
            Synopsis = Text(sections["SYNOPSIS"]),
            Syntax = new LineRange(sections["SYNTAX"].Start + 1, sections["SYNTAX"].End),
            Description = Text(sections["DESCRIPTION"]),
            Examples = Entries(sections["EXAMPLES"], ReadExample),
            ParameterLines = parameters.Lines,
            Parameters = [.. parameters.Entries.Where(e => e != common).Select(e => new ParameterEntry(e, _text, Report).Read())],
            CommonParameters = common?.Lines,
            Inputs = sections.TryGetValue("INPUTS", out var inputs) ? Entries(inputs, ReadType) : [],
            Outputs = Entries(sections["OUTPUTS"], ReadType),
            Notes = sections.TryGetValue("NOTES", out var notes) ? Paragraphs(notes) : [],
            Links = sections.TryGetValue("RELATED LINKS", out var links) ? ReadLinks(links) : [],
        };
    }

    private PageExample ReadExample(Section entry)
    {
        if (entry.Blocks.FirstOrDefault() is not FencedCodeBlock code)
        {
            Report(entry.Start, $"The example '{entry.Title}' must begin with fenced code; text about it stands below.");
            return new PageExample(entry.Title, "", []);
        }
        if (PlainText.Code(code).Length == 0)
            Report(code.Line, $"The example '{entry.Title}' has no code.");
        return new PageExample(entry.Title, PlainText.Code(code), [.. PlainText.Of(entry.Blocks.Skip(1), Report)]);
    }

    private PageType ReadType(Section entry) => new(entry.Title, entry.Start, Paragraphs(entry));

    private List<PageLink> ReadLinks(Section section)
    {
        var links = new List<PageLink>();
        foreach (var block in section.Blocks)
        {
            foreach (var inline in (block as LeafBlock)?.Inline ?? Enumerable.Empty<Inline>())
            {
                if (inline is LinkInline { IsImage: false } link)
                    links.Add(ReadLink(link));
                else if (inline is not LineBreakInline)
                    Report(inline.Line, "This section has links only: [text](address), each in a paragraph.");
            }
        }
        return links;
    }

    private PageLink ReadLink(LinkInline link)
    {
        var address = link.Url ?? "";
        var isWeb = address.StartsWith("https://", StringComparison.Ordinal);
        var folder = Path.GetDirectoryName(Path.GetFullPath(_file))!;
        if (!isWeb && !File.Exists(Path.Combine(folder, address.Split('#')[0])))
            Report(link.Line, $"The link leads to '{address}', which is neither a file nor an https address.");
        return new PageLink(PlainText.Of(link, Report), isWeb ? address : "");
    }

    private List<T> Entries<T>(Section section, Func<Section, T> read)
    {
        NoText(section);
        return [.. section.Entries.Select(read)];
    }

    private void NoText(Section section)
    {
        foreach (var block in section.Blocks)
            Report(block.Line, $"Text in the section '{section.Title}' must stand below a heading of level 3.");
    }

    private List<string> Text(Section section)
    {
        if (section.Blocks.Count == 0)
            Report(section.Start, $"The section '{section.Title}' has no text.");
        return Paragraphs(section);
    }

    private List<string> Paragraphs(Section section)
    {
        if (section.Level == 2)
        {
            foreach (var entry in section.Entries)
                Report(entry.Start, $"The section '{section.Title}' has no entries.");
        }
        return [.. PlainText.Of(section.Blocks, Report)];
    }

    private void Report(int line, string message) => _problems.Add(new Problem(_file, line + 1, ProblemKind.Layout, message));
}
