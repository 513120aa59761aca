using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Common;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging.Cli.Running;

/// <summary>Exports several child tenants, and prints one verdict for each and one over all.</summary>
internal sealed class TenantsRun(CliHost host, Messages messages, TenantOutputs tenants)
{
    private static readonly TimeSpan s_statusEvery = TimeSpan.FromMilliseconds(125);

    private readonly Lock _gate = new();
    private long _shownAt;

    /// <summary>Runs the exports.</summary>
    /// <param name="connect">Connects to a tenant.</param>
    /// <param name="request">The search, the same for all tenants.</param>
    /// <param name="resume">The command line that continues the exports.</param>
    /// <param name="requiresComplete">Whether an unverified result has its own exit code.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<string, SearchConnection> connect, SearchRequest request, Func<string> resume,
        bool requiresComplete)
    {
        TenantRun[] exports = [.. tenants.Cids.Select(cid => tenants.Run(cid, () => connect(cid), request))];
        host.BeforeEnd(() => Array.ForEach([.. exports.OfType<TenantExport>()], e => EmptyExport.Remove(e.Path)));
        using var farewell = host.Interrupted.Register(() => messages.Info("Stopping. Press Ctrl+C again to end at once."));
        var run = new TenantExports(
            exports, host.Time, (tenant, signal) => messages.Tell(signal with { Message = $"{tenant}: {signal.Message}" }), Show)
        {
            StopAfter = tenants.Output.StopAfter,
        };
        List<TenantOutcome> outcomes = [];
        await foreach (var outcome in run.RunAsync(host.Interrupted).ConfigureAwait(false))
        {
            outcomes.Add(outcome);
            Print(outcome);
        }
        messages.Status("");
        var totals = new TenantTotals([.. outcomes.Select(TenantVerdict.Of)]) { NotBegun = tenants.Cids.Count - outcomes.Count };
        Conclude(totals, outcomes, resume);
        return host.Interrupted.IsCancellationRequested ? ExitCode.Interrupted
            : outcomes.TrueForAll(o => o is { Result: null, Schedule: null }) ? ExitCode.Failed
            : totals.State == CompletenessState.Incomplete ? ExitCode.Incomplete
            : requiresComplete && (totals.State == CompletenessState.Unverified || totals.TooLate > 0) ? ExitCode.Unverified
            : outcomes.Exists(o => Exports(o).Any(e => e.TimestampError is not null)) ? ExitCode.Failed
            : ExitCode.Complete;
    }

    private static IReadOnlyList<ExportOutcome> Exports(TenantOutcome outcome) =>
        outcome.Schedule?.Exports ?? (outcome.Result is { } result ? [result] : []);

    private void Print(TenantOutcome outcome)
    {
        var verdict = TenantVerdict.Of(outcome);
        if (outcome.Failure is { } failure && !outcome.Interrupted)
            messages.Error($"{outcome.Export.Tenant}: {ErrorText.Of(failure)}");
        else if (!messages.Quiet || verdict.State == CompletenessState.Incomplete || outcome.Schedule?.HasGap == true)
            messages.Say($"{outcome.Export.Tenant}: {StateOf(outcome, verdict)}: "
                + $"{OptionNames.ForCommandLine(verdict.Reason).TrimEnd('.')}. "
                + $"{Units.Count(verdict.Records, "record")}, {Place(outcome)}");
        foreach (var export in Exports(outcome))
            TimestampNote.Say(messages, export.TimestampError, export.ManifestPath);
    }

    private static string StateOf(TenantOutcome outcome, TenantVerdict verdict) =>
        outcome.Schedule is { HasGap: true } ? "Behind" : verdict.State?.ToString() ?? "Stopped";

    private static string Place(TenantOutcome outcome) => outcome.Schedule is { } run
        ? Units.Count(run.Files.Count, "file") + (run.TooLate > 0 ? $"; {Units.Count(run.TooLate)} too late" : "")
        : outcome.Export.Path;

    private void Conclude(TenantTotals totals, List<TenantOutcome> outcomes, Func<string> resume)
    {
        if (!messages.Quiet || totals.State != CompletenessState.Complete || totals.TooLate > 0)
            messages.Say($"{totals.State}: {totals.Reason}. {Units.Count(totals.Records, "record")}.");
        if (tenants.Schedule is not null)
            return;
        if (totals.NotBegun > 0 || outcomes.Exists(o => o.Result?.PartialPath is not null))
            messages.Say($"Continue with:\n  {resume()}");
    }

    private void Show(TenantProgress progress)
    {
        lock (_gate)
        {
            if (progress.Done < progress.Total && _shownAt != 0 && host.Time.GetElapsedTime(_shownAt) < s_statusEvery)
                return;
            _shownAt = host.Time.GetTimestamp();
        }
        messages.Status(
            $"{Units.Count(progress.Done)} of {Units.Count(progress.Total, "tenant")}, {Units.Count(progress.Records, "record")}"
            + (progress.Failed > 0 ? $", {Units.Count(progress.Failed)} failed" : ""));
    }
}
