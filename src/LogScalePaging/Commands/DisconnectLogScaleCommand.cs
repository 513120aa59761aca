using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary><c>Disconnect-LogScale</c>: deletes the jobs that were made on a connection, takes the token back and forgets the connection.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "LogScale", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectLogScaleCommand : DisconnectCommandBase
{
    private protected override LogScaleConnection? Held => Session.Held;
}
