namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>Lines of a page, counted from 0.</summary>
/// <param name="Start">The first line.</param>
/// <param name="End">The line after the last one.</param>
internal readonly record struct LineRange(int Start, int End);
