using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Tenants;

/// <summary>The verdict on one tenant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="State">The state of its result; null if there is none, because it failed before anything was read.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record TenantVerdict(string Tenant, CompletenessState? State, string Reason)
{
    /// <summary>Records in its result.</summary>
    public long Records { get; init; }

    /// <summary>True if it failed or broke off.</summary>
    public bool Failed { get; init; }

    /// <summary>True if it broke off because the user stopped the command. It has failed too.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>True if its schedule is behind: a part of the time up to now is not exported yet.</summary>
    public bool IsBehind { get; init; }

    /// <summary>Events that arrived too late for its schedule and are in no output, found by this run.</summary>
    public long TooLate { get; init; }

    /// <summary>The verdict on an export.</summary>
    public static TenantVerdict Of(TenantOutcome outcome) => outcome.Schedule is { } run
        ? new TenantVerdict(outcome.Export.Tenant, run.State, run.Reason)
        {
            Records = run.Events,
            IsBehind = run.HasGap,
            TooLate = run.TooLate,
            Failed = outcome.Failure is not null || outcome.Interrupted,
            IsInterrupted = outcome.Interrupted,
        }
        : outcome.Result is { } result
        ? new TenantVerdict(outcome.Export.Tenant, result.Completeness.State, result.Completeness.Reason)
        {
            Records = result.Files.Count > 0 ? result.Manifest.Counts.Written : result.Completeness.Received,
            Failed = outcome.Failure is not null || outcome.Interrupted,
            IsInterrupted = outcome.Interrupted,
        }
        : new TenantVerdict(outcome.Export.Tenant, null,
            outcome.Interrupted ? "it was interrupted" : outcome.Failure?.Message ?? "it failed")
        { Failed = true, IsInterrupted = outcome.Interrupted };
}
