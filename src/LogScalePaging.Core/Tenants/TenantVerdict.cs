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
}
