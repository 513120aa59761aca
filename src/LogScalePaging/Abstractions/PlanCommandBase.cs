using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Export.Slices;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that works with an existing plan and its slices.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PlanCommandBase : ConnectedCommandBase
{
    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PlanPath", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlanPathCompleter))]
    public string Plan { get; set; } = "";

    /// <summary>Folder of the slices; the folder of the plan if it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Folder { get; set; }

    /// <summary>Leave accounts and machines out of the manifest.</summary>
    [Parameter]
    public SwitchParameter NoOperator { get; set; }

    /// <summary>The authority that gives the manifest a timestamp.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? TimestampServer { get; set; }

    /// <summary>Emit the files instead of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>End with a terminating error unless the state is Complete.</summary>
    [Parameter]
    public SwitchParameter RequireComplete { get; set; }

    private protected override object? Target => Plan;

    private protected override bool GoesOnAfterFailure => !RequireComplete;

    /// <summary>Full path of the plan.</summary>
    private protected string PlanFile => FilePath.Resolve(this, Plan);

    /// <summary>Full path of the folder; null for the folder of the plan.</summary>
    private protected string? FolderPath => Folder is null ? null : FilePath.Resolve(this, Folder);

    /// <exception cref="ArgumentException">The address cannot be used.</exception>
    private protected void EnsureTimestampServer()
    {
        if (TimestampServer is not null)
            Export.Timestamps.TimestampServer.EnsureUsable(TimestampServer);
    }

    /// <summary>The connection to the server of a plan.</summary>
    /// <exception cref="PlanException">This version does not know the system of the plan.</exception>
    private protected SearchConnection Searched(ExportPlan plan)
    {
        if (!Systems.IsKnown(plan.System))
            throw new PlanException($"The plan is for the system {Common.Printable.Line(plan.System)}, which this version does not know.");
        var system = Systems.Current(plan.System);
        return Connected(system).Search(system)!;
    }
}
