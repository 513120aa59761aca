using LogScalePaging.Common;
using LogScalePaging.Tenants;

namespace LogScalePaging;

/// <summary>The verdict over several child tenants, with one verdict for each: what <c>-SummaryVariable</c> gets.</summary>
public sealed class TenantSummary
{
    internal TenantSummary(TenantTotals totals, IReadOnlyList<TenantResult> results, TimeSpan duration)
    {
        State = totals.State.ToString();
        Reason = OptionNames.ForPowerShell(totals.Reason);
        Tenants = results.Count;
        Complete = totals.Complete;
        Unverified = totals.Unverified;
        Incomplete = totals.Incomplete;
        Failed = totals.Failed;
        Behind = totals.Behind;
        TooLate = totals.TooLate;
        Events = totals.Records;
        Duration = duration;
        // An array, because PowerShell cannot index a read-only list.
        Results = (TenantResult[])[.. results];
    }

    /// <summary>
    /// <c>Complete</c> if every tenant is complete; <c>Incomplete</c> if a tenant is incomplete or failed; otherwise <c>Unverified</c>.
    /// </summary>
    public string State { get; }

    /// <summary>Why, in one sentence, with the tenants that are not complete.</summary>
    public string Reason { get; }

    /// <summary>Number of tenants.</summary>
    public int Tenants { get; }

    /// <summary>Number of tenants that are complete.</summary>
    public int Complete { get; }

    /// <summary>Number of tenants without a count that proves the result.</summary>
    public int Unverified { get; }

    /// <summary>Number of tenants with missing events.</summary>
    public int Incomplete { get; }

    /// <summary>Number of tenants whose search failed or broke off.</summary>
    public int Failed { get; }

    /// <summary>Number of tenants whose schedule did not fail and is behind. They count as incomplete or unverified too.</summary>
    public int Behind { get; }

    /// <summary>Events of all tenants that arrived too late for a schedule and are in no file.</summary>
    public long TooLate { get; }

    /// <summary>Events of all tenants.</summary>
    public long Events { get; }

    /// <summary>Duration of the command.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The verdict on each tenant, in the order in which they ended.</summary>
    public IReadOnlyList<TenantResult> Results { get; }

    /// <summary>State and reason.</summary>
    public override string ToString() => $"{State}: {Reason}";
}
