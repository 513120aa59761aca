namespace LogScalePaging.Commands;

/// <summary>Where the help pages of the cmdlets are on the web, for <c>Get-Help -Online</c>.</summary>
internal static partial class HelpPages
{
    /// <summary>The address of the pages, to be followed by the name of one. The build generates <c>Project</c> from ProjectUrl.</summary>
    public const string Folder = Project + "/blob/main/docs/commands/";
}
