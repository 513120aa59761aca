using System.Management.Automation;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Commands;

/// <summary>
/// <c>Disconnect-LogScale</c>: deletes the jobs that were made on a connection to LogScale or NG-SIEM, revokes the token and forgets the
/// connection.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "LogScale", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Disconnect-LogScale.md")]
[OutputType(typeof(void))]
public sealed class DisconnectLogScaleCommand : DisconnectCommandBase
{
    private protected override ServerConnection? Held => Session.Held(SearchSpec.SystemName);

    private protected override void EnsureRight(ServerConnection connection) =>
        ConnectableSystem.Of(SearchSpec.SystemName).EnsureIs(connection, MyInvocation.MyCommand.Name);
}
