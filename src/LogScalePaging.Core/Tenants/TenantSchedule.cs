using LogScalePaging.Diagnostics;
using LogScalePaging.Export;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;

namespace LogScalePaging.Tenants;

/// <summary>A run of the schedule of one tenant, which has a watermark file of its own.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Connect">Connects with the tenant's own token.</param>
/// <param name="Request">The search, the same for all tenants.</param>
/// <param name="Template">The path of an output, with placeholders.</param>
/// <param name="Target">Makes the output of a path whose placeholders are filled.</param>
/// <param name="Settings">The watermark file of this tenant, the lag and the look-back.</param>
public sealed record TenantSchedule(
    string Tenant, Func<SearchConnection> Connect, SearchRequest Request, PathTemplate Template, Func<string, ExportTarget> Target,
    ScheduleSettings Settings) : TenantRun(Tenant, Connect)
{
    /// <summary>Name of the query, for its placeholder; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Called at each change of the watermark file, for tests.</summary>
    internal Action<string>? Changed { get; init; }

    /// <inheritdoc/>
    public override string Path => Template.Text;

    /// <summary>Checks that the run could begin. Nothing is sent, created or changed.</summary>
    /// <param name="connection">A connection to the tenant.</param>
    /// <exception cref="ArgumentException">The search or a setting is not possible with a watermark. The message says why.</exception>
    /// <exception cref="Export.Errors.ExportException">The path is not possible.</exception>
    public void EnsurePossible(SearchConnection connection) => Run(connection, new SignalLog(), null).EnsurePossible();

    /// <inheritdoc/>
    internal override async Task<TenantOutcome> RunAsync(
        SearchConnection connection, TenantOutcome outcome, TimeSpan? left, Action<ExportProgress> progress,
        CancellationToken cancellationToken)
    {
        var limited = this with { Settings = Settings with { StopAfter = left } };
        var result = await limited.Run(connection, outcome.Signals, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        return outcome with { Schedule = result, Failure = result.Error, Interrupted = result.Interrupted };
    }

    private ScheduledExport Run(SearchConnection connection, SignalLog signals, Action<ExportProgress>? progress) =>
        new(connection, Request, Template, Target, Settings, signals, progress) { Name = Name, Changed = Changed };
}
