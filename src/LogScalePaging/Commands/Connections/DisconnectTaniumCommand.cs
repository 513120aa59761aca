using System.Management.Automation;
using LogScalePaging.Tanium;

namespace LogScalePaging.Commands;

/// <summary><c>Disconnect-Tanium</c>: closes a connection to Tanium and forgets it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Tanium", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Disconnect-Tanium.md")]
[OutputType(typeof(void))]
public sealed class DisconnectTaniumCommand : DisconnectCommandBase
{
    private protected override ServerConnection? Held => Session.Held(TaniumRequest.SystemName);

    private protected override void EnsureRight(ServerConnection connection) =>
        ConnectableSystem.Of(TaniumRequest.SystemName).EnsureIs(connection, MyInvocation.MyCommand.Name);
}
