using System.Management.Automation;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Tenants;

namespace LogScalePaging.Commands;

/// <summary>Collects the verdicts on the tenants of one command, reports those that failed, and makes the verdict over all.</summary>
/// <param name="command">The cmdlet.</param>
internal sealed class TenantTally(LogScaleCommandBase command)
{
    private readonly List<TenantVerdict> _verdicts = [];
    private readonly List<TenantResult> _results = [];

    /// <summary>Adds the verdict on a tenant.</summary>
    public void Add(TenantVerdict verdict, string? path = null)
    {
        _verdicts.Add(verdict);
        _results.Add(new TenantResult(verdict, path));
    }

    /// <summary>
    /// Adds a tenant that failed before anything was read, and writes its error. The command continues with the next tenant.
    /// </summary>
    /// <param name="tenant">The tenant, as it was written.</param>
    /// <param name="failure">The exception.</param>
    /// <param name="system">The system, for the advice.</param>
    /// <param name="path">Path of its file; null for a search without a file.</param>
    public void Fail(string tenant, Exception failure, ConnectableSystem system, string? path = null)
    {
        command.Voice.Speak();
        var name = tenant.Length == 0 ? "(empty)" : Common.Printable.Line(tenant);
        Add(new TenantVerdict(name, null, failure.Message) { Failed = true }, path);
        command.Fail(Named(name, ErrorRecords.Of(failure, tenant, inScript: false, system)), terminates: false);
    }

    /// <summary>The same error with the tenant in its message.</summary>
    public static ErrorRecord Named(string tenant, ErrorRecord error, string? advice = null)
    {
        error.ErrorDetails = new ErrorDetails($"Tenant {tenant}: {error.ErrorDetails?.Message ?? error.Exception.Message}")
        {
            RecommendedAction = advice ?? error.ErrorDetails?.RecommendedAction ?? "",
        };
        return error;
    }

    /// <summary>Reports the verdict over all tenants, at the end of the command.</summary>
    /// <param name="variable">Name of the variable that gets it; null for none.</param>
    /// <param name="noVerify">Whether the user requested no counts.</param>
    /// <param name="requireComplete">End with a terminating error unless every tenant is complete.</param>
    public void Conclude(string? variable, bool noVerify, bool requireComplete)
    {
        // -WhatIf exports nothing, so there is nothing to judge.
        if (_verdicts.Count == 0)
            return;
        var totals = new TenantTotals(_verdicts);
        var summary = new TenantSummary(totals, _results, command.Voice.Elapsed);
        NamedVariable.Keep(command.SessionState, variable, summary);
        command.Voice.Finish();
        if ((totals.State == CompletenessState.Complete && totals.TooLate == 0)
            || (totals.State == CompletenessState.Unverified && noVerify))
            command.WriteVerbose(summary.ToString());
        else
            command.WriteWarning($"{summary.Reason}.");
        if (requireComplete && ErrorRecords.Incompleteness(summary.State, summary.Reason, summary, summary.TooLate) is { } error)
            command.Fail(error, terminates: true);
    }
}
