namespace LogScalePaging.HelpBuilder.Pages;

/// <summary>A link at the end of a page.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Address">Web address; empty for a file of the repository, which a reader of Get-Help does not have.</param>
internal sealed record PageLink(string Text, string Address);
