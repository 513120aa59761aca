using System.Management.Automation;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Runs;
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
    private readonly List<TenantExport> _exports = [];
    private readonly Dictionary<string, HashSet<string>> _tenantsOfPath = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The time after which the exports are ended cleanly, and no other begins; null for no limit.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>Makes sure that each tenant of the command has a separate file. Nothing has been fetched yet.</summary>
    public void EnsureOwnFiles(IReadOnlyList<string> tenants, PathTemplate template)
    {
        if (OutputPath.NamesTenant(template))
            return;
        // Objects of the pipeline can have a path each.
        if (!_tenantsOfPath.TryGetValue(template.Text, out var known))
            _tenantsOfPath[template.Text] = known = new HashSet<string>(StringComparer.Ordinal);
        known.UnionWith(tenants);
        if (known.Count < 2)
            return;
        var failure = new ExportException(ExportErrorKind.BadPath, template.Text,
            $"Several tenants cannot share the file '{template.Text}'. Put {{cid}} into "
            + "-Path, for example '{cid}-events.ndjson'. Nothing was fetched.");
        command.Fail(ErrorRecords.Of(failure, template.Text, inScript: false, system), terminates: true);
    }

    /// <summary>Adds the export of a tenant. A failure concerns only this tenant.</summary>
    /// <param name="connection">The connection of the API client.</param>
    /// <param name="tenant">The CID, as it was written.</param>
    /// <param name="prepare">Makes the request for a connection to the tenant; null if the user does not want this export.</param>
    public void Add(FalconConnection connection, string tenant, Func<SearchConnection, ExportRequest?> prepare)
    {
        try
        {
            var cid = MemberCids.Parse(tenant);
            using var server = connection.ForTenant(cid, system.Name);
            if (prepare(server) is { } request)
                _exports.Add(new TenantExport(cid, () => connection.ForTenant(cid, system.Name), request));
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
        if (unfinished > 0)
            ExportWalk.Farewell(command,
                FormattableString.Invariant($"Stopped: the exports of {unfinished} tenants are saved and can be continued. ")
                + "Run the same command with -Resume.");
        throw new PipelineStoppedException();
    }

    private void Report(TenantOutcome outcome, bool passThru)
    {
        var (cid, path) = (outcome.Export.Tenant, outcome.Export.Request.Target.Path);
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
