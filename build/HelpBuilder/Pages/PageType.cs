namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>A type of the pipeline.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Line">Line of its heading, from 0.</param>
/// <param name="Text">Paragraphs that describe it.</param>
internal sealed record PageType(string Name, int Line, IReadOnlyList<string> Text);
