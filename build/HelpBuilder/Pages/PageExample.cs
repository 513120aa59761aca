namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>An example.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">Paragraphs below the code.</param>
internal sealed record PageExample(string Title, string Code, IReadOnlyList<string> Remarks);
