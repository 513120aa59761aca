using System.Management.Automation;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging.Commands;

/// <summary>The exports of the tenants of one command. They begin when all input was read, several at the same time.</summary>
/// <param name="command">The cmdlet.</param>
/// <param name="system">The system that is searched.</param>
internal sealed class TenantBatch(LogScaleCommandBase command, ConnectableSystem system)
{
    private readonly TenantTally _tally = new(command);
    private readonly List<TenantRun> _exports = [];
    private readonly Dictionary<string, HashSet<string>> _tenantsOfPath = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The time after which the exports are ended cleanly, and no other begins; null for no limit.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>Makes sure that each tenant of the command has a separate file. Nothing has been fetched yet.</summary>
    /// <param name="tenants">The tenants of the current input.</param>
    /// <param name="template">The path.</param>
    /// <param name="parameter">The parameter that has the path.</param>
    public void EnsureOwnFiles(IReadOnlyList<string> tenants, PathTemplate template, string parameter)
    {
        if (OutputPath.NamesTenant(template))
            return;
        // Objects of the pipeline can have a path each.
        var key = $"{parameter}:{template.Text}";
        if (!_tenantsOfPath.TryGetValue(key, out var known))
            _tenantsOfPath[key] = known = new HashSet<string>(StringComparer.Ordinal);
        known.UnionWith(tenants);
        if (known.Count < 2)
            return;
        var failure = new ExportException(ExportErrorKind.BadPath, template.Text,
            $"Several tenants cannot share the file '{template.Text}'. Put {{cid}} into "
            + $"-{parameter}, for example '{{cid}}-{(parameter == "Path" ? "events.ndjson" : "events.state")}'. Nothing was fetched.");
        command.Fail(ErrorRecords.Of(failure, template.Text, inScript: false, system), terminates: true);
    }

    /// <summary>Adds the export of a tenant. A failure concerns only this tenant.</summary>
    /// <param name="connection">The connection of the API client.</param>
    /// <param name="tenant">The CID, as it was written.</param>
    /// <param name="prepare">
    /// Makes the export from the CID, what connects to the tenant, and a connection; null if the user does not want it.
    /// </param>
    public void Add(
        FalconConnection connection, string tenant, Func<string, Func<SearchConnection>, SearchConnection, TenantRun?> prepare)
    {
        try
        {
            var cid = MemberCids.Parse(tenant);
            SearchConnection Connect() => connection.ForTenant(cid, system.Name);
            using var server = Connect();
            if (prepare(cid, Connect, server) is { } export)
                _exports.Add(export);
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e) && !command.Stopping)
        {
            _tally.Fail(tenant, e, system);
        }
    }

    /// <summary>Runs the exports, and emits the result of each when it ends.</summary>
    /// <param name="passThru">Emit the files instead of the results.</param>
    /// <param name="variable">Name of the variable that gets the verdict over all; null for none.</param>
    /// <param name="noVerify">Whether the user requested no counts.</param>
    /// <param name="requireComplete">End with a terminating error unless every tenant is complete.</param>
    public void Run(bool passThru, string? variable, bool noVerify, bool requireComplete)
    {
        if (_exports.Count > 0)
            RunAll(passThru);
        _tally.Conclude(variable, noVerify, requireComplete);
    }

    private void RunAll(bool passThru)
    {
        var activity = $"Export of {_exports.Count} {(_exports.Count == 1 ? "tenant" : "tenants")}";
        var run = new TenantExports(_exports, TimeProvider.System, Tell,
            progress => command.Voice.Note(() => ProgressText.Of(activity, progress)))
        {
            StopAfter = StopAfter,
            // The input can be slow, for example if another command makes it.
            UsedBefore = command.Voice.CommandElapsed,
        };
        var unfinished = 0;
        command.Run(run.RunAsync, outcome =>
        {
            // A cmdlet that is being stopped cannot write.
            if (outcome.Interrupted || command.Stopping)
                unfinished += outcome.Result?.PartialPath is not null ? 1 : 0;
            else
                Report(outcome, passThru);
        });
        if (!command.Stopping)
            return;
        if (_exports.Exists(e => e is TenantSchedule))
            ExportWalk.Farewell(command, "Stopped: the same command continues each tenant from its watermark.");
        else if (unfinished > 0)
            ExportWalk.Farewell(command,
                $"Stopped: {Counted.Of(unfinished, "export")} saved, which can be continued. "
                + "Run the same command with -Resume.");
        throw new PipelineStoppedException();
    }

    private void Report(TenantOutcome outcome, bool passThru)
    {
        if (outcome is { Schedule: { } run, Export: TenantSchedule schedule })
        {
            Report(outcome, run, schedule, passThru);
            return;
        }
        var (cid, path) = (outcome.Export.Tenant, outcome.Export.Path);
        if (outcome.Result is not { } came)
        {
            _tally.Fail(cid, outcome.Failure!, system, path);
            return;
        }
        _tally.Add(TenantVerdict.Of(outcome), path);
        var result = ExportWalk.Emit(command, came, path, passThru);
        if (came.Error is { } error)
            command.Fail(TenantTally.Named(cid, ErrorRecords.BrokenExport(error, result), "Run the same command again with -Resume."),
                terminates: false);
        else if (came.StoppedAfter is not null)
            command.WriteWarning($"Tenant {cid}: the export is {result.State}: {result.Reason}. Run the same command again with -Resume.");
        else
            command.WriteVerbose($"Tenant {cid}: {result}");
        if (came.TimestampError is { } missing)
            command.Fail(TenantTally.Named(cid, ErrorRecords.NoTimestamp(missing, result)), terminates: false);
    }

    private void Report(TenantOutcome outcome, ScheduledExportResult run, TenantSchedule schedule, bool passThru)
    {
        var result = ScheduleWalk.Emit(command, run, schedule.Settings, schedule.Tenant, passThru);
        _tally.Add(TenantVerdict.Of(outcome), schedule.Path);
        foreach (var error in ScheduleWalk.Errors(run, result, schedule.Settings))
            command.Fail(TenantTally.Named(schedule.Tenant, error), terminates: false);
        command.WriteVerbose($"Tenant {schedule.Tenant}: {result}");
    }

    // Called on any thread. The tenant makes the same warning of two tenants two warnings.
    private void Tell(string tenant, PagingSignal signal)
    {
        var message = $"Tenant {tenant}: {signal.Message}";
        if (signal.Level == SignalLevel.Warning)
            command.Signals.Warn(signal.Kind, message, signal.Count);
        else
            command.Signals.Verbose(signal.Kind, message, signal.Count);
    }
}
