using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;

namespace LogScalePaging.Tenants;

/// <summary>A run of the schedule of one tenant, which has a separate watermark file.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="connect">Connects with the tenant's own token.</param>
/// <param name="request">The search, the same for all tenants.</param>
/// <param name="template">The path of an output, with placeholders.</param>
/// <param name="target">Makes the output of a path whose placeholders are filled.</param>
/// <param name="settings">The watermark file of this tenant, the lag and the look-back.</param>
public sealed class TenantSchedule(
    string tenant, Func<SearchConnection> connect, SearchRequest request, PathTemplate template, Func<string, ExportTarget> target,
    ScheduleSettings settings) : TenantRun(tenant, connect)
{
    /// <summary>The watermark file of this tenant, the lag and the look-back.</summary>
    public ScheduleSettings Settings => settings;

    /// <summary>Name of the query, for its placeholder; null for none.</summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override string Path => settings.Path;

    /// <summary>Checks that the run could begin. Nothing is sent, created or changed.</summary>
    /// <param name="connection">A connection to the tenant.</param>
    /// <exception cref="ArgumentException">The search or a setting is not possible with a watermark. The message says why.</exception>
    /// <exception cref="Export.Errors.ExportException">The path is not possible.</exception>
    public void EnsurePossible(SearchConnection connection) => Run(connection, settings, new SignalLog(), null).EnsurePossible();

    /// <inheritdoc/>
    internal override async Task<TenantOutcome> RunAsync(
        SearchConnection connection, TenantOutcome outcome, TimeSpan? stopAfter, TimeSpan used, Action<ExportProgress> progress,
        CancellationToken cancellationToken)
    {
        var run = Run(connection, settings with { StopAfter = stopAfter, UsedBefore = used }, outcome.Signals, progress);
        var result = await run.RunAsync(cancellationToken).ConfigureAwait(false);
        return outcome with { Schedule = result, Failure = result.Error, Interrupted = result.Interrupted };
    }

    private ScheduledExport Run(
        SearchConnection connection, ScheduleSettings limited, SignalLog signals, Action<ExportProgress>? progress) =>
        new(connection, request, template, target, limited, signals, progress) { Name = Name };
}
