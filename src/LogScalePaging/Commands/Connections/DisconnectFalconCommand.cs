using System.Management.Automation;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary><c>Disconnect-Falcon</c>: closes the last connection of <c>Connect-Falcon</c>, as <c>Disconnect-LogScale</c> does.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Falcon", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Disconnect-Falcon.md")]
[OutputType(typeof(void))]
public sealed class DisconnectFalconCommand : DisconnectCommandBase
{
    private protected override ServerConnection? Held =>
        Session.Last(connection => connection is FalconConnection) ?? Session.Held(SearchSpec.SystemName) as FalconConnection
        ?? Session.Held(FalconRequest.SystemName) as FalconConnection;

    private protected override void EnsureRight(ServerConnection connection) =>
        ConnectableSystem.Of(FalconRequest.SystemName).EnsureIs(connection, MyInvocation.MyCommand.Name);
}
