namespace LogScalePaging.Commands;

/// <summary>Where the help pages of the cmdlets are on the web, for <c>Get-Help -Online</c>.</summary>
internal static class HelpPages
{
    /// <summary>The address of the pages, to be followed by the name of one.</summary>
    public const string Folder = "https://github.com/LogScalePaging/LogScalePaging/blob/main/docs/commands/";
}
