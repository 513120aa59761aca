using Markdig.Syntax;

namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>A heading of a page, with the text below it.</summary>
/// <param name="Level">Level of the heading.</param>
/// <param name="Title">Text of the heading.</param>
/// <param name="Start">Line of the heading, from 0.</param>
internal sealed record Section(int Level, string Title, int Start)
{
    /// <summary>The line after the last one, with those of the headings below.</summary>
    public int End { get; set; }

    /// <summary>Blocks up to the next heading.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>Headings one level below.</summary>
    public List<Section> Entries { get; } = [];

    /// <summary>All lines, with the heading.</summary>
    public LineRange Lines => new(Start, End);
}
