using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Schedules;

namespace LogScalePaging.Tenants;

/// <summary>How the export of one tenant ended.</summary>
/// <param name="Export">The export.</param>
/// <param name="Signals">The signals of its run.</param>
public sealed record TenantOutcome(TenantRun Export, SignalLog Signals)
{
    /// <summary>The result; null if the export failed before anything was read, and for a schedule.</summary>
    public ExportOutcome? Result { get; init; }

    /// <summary>The result of a run of a schedule; null if the run failed before anything was read, and for another export.</summary>
    public ScheduledExportResult? Schedule { get; init; }

    /// <summary>Why the export failed or broke off; null if it ended normally.</summary>
    public Exception? Failure { get; init; }

    /// <summary>True if the user stopped it.</summary>
    public bool Interrupted { get; init; }
}
