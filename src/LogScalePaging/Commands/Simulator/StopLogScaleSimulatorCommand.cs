using System.Management.Automation;

namespace LogScalePaging.Commands;

/// <summary><c>Stop-LogScaleSimulator</c>: stops a simulated server, or all that this session started.</summary>
[Cmdlet(VerbsLifecycle.Stop, "LogScaleSimulator", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Stop-LogScaleSimulator.md")]
[OutputType(typeof(void))]
public sealed class StopLogScaleSimulatorCommand : LogScaleCommandBase
{
    /// <summary>The server. The default is all servers of this session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Simulator")]
    [ValidateNotNull]
    public SimulatorInstance[]? InputObject { get; set; }

    private protected override void OnProcess()
    {
        foreach (var simulator in InputObject ?? [.. Session.Simulators])
        {
            if (!ShouldProcess(simulator.ToString(), "Stop the simulated LogScale server"))
                continue;
            simulator.Stop();
            Session.Forget(simulator);
        }
    }
}
