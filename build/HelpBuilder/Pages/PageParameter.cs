namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>The entry of a parameter.</summary>
/// <param name="Name">Name without the dash.</param>
/// <param name="Lines">All its lines, with the heading.</param>
/// <param name="Text">Paragraphs that describe it.</param>
/// <param name="Blocks">The yaml blocks.</param>
/// <param name="DefaultValue">The default value that a block states; null where none does.</param>
internal sealed record PageParameter(
    string Name, LineRange Lines, IReadOnlyList<string> Text, IReadOnlyList<LineRange> Blocks, string? DefaultValue);
