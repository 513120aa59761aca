using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary><c>Disconnect-Falcon</c>: the same for the last connection of <c>Connect-Falcon</c>.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Falcon", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectFalconCommand : DisconnectCommandBase
{
    private protected override LogScaleConnection? Held => Session.Last(connection => connection.IsGateway)
        ?? (Session.Held is { IsGateway: true } held ? held : null);
}
