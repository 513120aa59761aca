using LogScalePaging.Export.Runs;
using LogScalePaging.Search;

namespace LogScalePaging.Tenants;

/// <summary>The export of one tenant.</summary>
/// <param name="Tenant">The tenant, such as a member CID. Never empty: an export must not use a default tenant.</param>
/// <param name="Connect">Connects with the tenant's own token. Called when the export begins; the run closes the connection.</param>
/// <param name="Request">The search and the output.</param>
public sealed record TenantExport(string Tenant, Func<SearchConnection> Connect, ExportRequest Request);
