using LogScalePaging.Export;
using LogScalePaging.Search;

namespace LogScalePaging.Tenants;

/// <summary>The export of one tenant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Connect">Connects with the tenant's own token.</param>
/// <param name="Request">The search and the output.</param>
public sealed record TenantExport(string Tenant, Func<SearchConnection> Connect, ExportRequest Request) : TenantRun(Tenant, Connect)
{
    /// <inheritdoc/>
    public override string Path => Request.Target.Path;

    /// <inheritdoc/>
    internal override async Task<TenantOutcome> RunAsync(
        SearchConnection connection, TenantOutcome outcome, TimeSpan? left, Action<ExportProgress> progress,
        CancellationToken cancellationToken)
    {
        var run = new ExportRun(connection, Request with { StopAfter = left }, outcome.Signals, progress);
        var result = await run.RunAsync(cancellationToken).ConfigureAwait(false);
        return outcome with { Result = result, Failure = result.Error, Interrupted = result.Interrupted };
    }
}
