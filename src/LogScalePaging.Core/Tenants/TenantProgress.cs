namespace LogScalePaging.Tenants;

/// <summary>The progress of the exports of several tenants.</summary>
/// <param name="Done">Tenants whose export ended, in any way.</param>
/// <param name="Total">All tenants.</param>
/// <param name="Failed">Tenants whose export failed or broke off.</param>
/// <param name="Records">Records received so far, of all tenants.</param>
public sealed record TenantProgress(int Done, int Total, int Failed, long Records);
