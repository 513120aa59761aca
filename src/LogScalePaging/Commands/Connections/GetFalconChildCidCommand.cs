using System.Management.Automation;
using LogScalePaging.Falcon.Rest.Endpoints;

namespace LogScalePaging.Commands;

/// <summary><c>Get-FalconChildCid</c>: lists the child tenants of a Falcon account.</summary>
[Cmdlet(VerbsCommon.Get, "FalconChildCid", HelpUri = HelpPages.Folder + "Get-FalconChildCid.md")]
[OutputType(typeof(FalconChildCid))]
public sealed class GetFalconChildCidCommand : ConnectedCommandBase
{
    /// <summary>Names of the tenants.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>State of the tenants.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    private protected override void OnProcess()
    {
        var connection = Connected(FalconRequest.SystemName).Search(FalconRequest.SystemName)!;
        var summary = this.Walk(connection, FalconRequest.Children, _ => new PageReader(part =>
        {
            foreach (var record in part.Page.Items)
                Emit(new FalconChildCid(record));
        }), _ => { });
        WriteVerbose(summary.ToString());
    }

    private void Emit(FalconChildCid child)
    {
        if (Matches(Name, child.Name) && Matches(Status, child.Status))
            WriteObject(child);
    }

    private static bool Matches(string[]? patterns, string? text) => patterns is null
        || patterns.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text ?? ""));
}
