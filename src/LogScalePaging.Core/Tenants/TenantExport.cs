using LogScalePaging.Export.Runs;
using LogScalePaging.Search;

namespace LogScalePaging.Tenants;

/// <summary>The export of one tenant.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="connect">Connects with the tenant's own token.</param>
/// <param name="request">The search and the output.</param>
public sealed class TenantExport(string tenant, Func<SearchConnection> connect, ExportRequest request) : TenantRun(tenant, connect)
{
    /// <summary>The search and the output.</summary>
    public ExportRequest Request => request;

    /// <inheritdoc/>
    public override string Path => request.Target.Path;

    /// <inheritdoc/>
    internal override async Task<TenantOutcome> RunAsync(
        SearchConnection connection, TenantOutcome outcome, TimeSpan? stopAfter, TimeSpan used, Action<ExportProgress> progress,
        CancellationToken cancellationToken)
    {
        var run = new ExportRun(connection, request with { StopAfter = stopAfter, UsedBefore = used }, outcome.Signals, progress);
        var result = await run.RunAsync(cancellationToken).ConfigureAwait(false);
        return outcome with { Result = result, Failure = result.Error, Interrupted = result.Interrupted };
    }
}
