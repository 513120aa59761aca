using System.Management.Automation;
using LogScalePaging.Axiom;

namespace LogScalePaging.Commands;

/// <summary><c>Disconnect-Axiom</c>: closes a connection to Axiom and forgets it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Axiom", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Disconnect-Axiom.md")]
[OutputType(typeof(void))]
public sealed class DisconnectAxiomCommand : DisconnectCommandBase
{
    private protected override ServerConnection? Held => Session.Held(AxiomRequest.SystemName);

    private protected override void EnsureRight(ServerConnection connection) =>
        ConnectableSystem.Of(AxiomRequest.SystemName).EnsureIs(connection, MyInvocation.MyCommand.Name);
}
