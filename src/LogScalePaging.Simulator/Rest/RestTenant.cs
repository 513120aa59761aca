namespace LogScalePaging.Simulator.Rest;

/// <summary>The child tenant whose records a store has.</summary>
/// <param name="Cid">Its CID, which is in the field <c>cid</c> of its records.</param>
/// <param name="Records">Number of records of each resource.</param>
internal sealed record RestTenant(string Cid, int Records);
