using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary><c>Get-LogScaleConnection</c>: lists the open connections of this session, to all systems.</summary>
[Cmdlet(VerbsCommon.Get, "LogScaleConnection", HelpUri = HelpPages.Folder + "Get-LogScaleConnection.md")]
[OutputType(typeof(LogScaleConnection), typeof(FalconConnection), typeof(AxiomConnection), typeof(TaniumConnection))]
public sealed class GetLogScaleConnectionCommand : LogScaleCommandBase
{
    /// <summary>Only the connections that cmdlets use when none is named.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    private protected override void OnProcess()
    {
        foreach (var connection in Session.Opened)
        {
            if (!Default || connection.IsDefault)
                WriteObject(connection);
        }
    }
}
