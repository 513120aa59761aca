namespace LogScalePaging.Commands;

/// <summary>The tenant whose records are emitted.</summary>
/// <param name="Cid">Its CID.</param>
/// <param name="Number">Its number among the tenants of one input, from 1.</param>
/// <param name="Total">Number of tenants of this input. Those of later inputs are not known yet.</param>
internal sealed record WalkedTenant(string Cid, int Number, int Total)
{
    /// <summary>The place of the tenant, for progress.</summary>
    public string Place => Total == 1 ? $"tenant {Cid}" : FormattableString.Invariant($"tenant {Number:N0} of {Total:N0}, {Cid}");
}
