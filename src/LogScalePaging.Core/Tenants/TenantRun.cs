using LogScalePaging.Export.Runs;
using LogScalePaging.Search;

namespace LogScalePaging.Tenants;

/// <summary>What is exported for one tenant.</summary>
/// <param name="tenant">The tenant, such as a member CID. Never empty: an export must not use a default tenant.</param>
/// <param name="connect">Connects with the tenant's own token. Called when the export begins; the run closes the connection.</param>
public abstract class TenantRun(string tenant, Func<SearchConnection> connect)
{
    /// <summary>The tenant.</summary>
    public string Tenant => tenant;

    /// <summary>Connects with the tenant's own token.</summary>
    public Func<SearchConnection> Connect => connect;

    /// <summary>Path of its output; for a schedule, of its watermark file.</summary>
    public abstract string Path { get; }

    /// <summary>Runs it.</summary>
    /// <param name="connection">A connection to the tenant.</param>
    /// <param name="outcome">The outcome without a result. Its log receives the signals.</param>
    /// <param name="stopAfter">The time after which the command is ended cleanly; null for no limit.</param>
    /// <param name="used">The part of that time that is used.</param>
    /// <param name="progress">Receives every page and every poll.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>The outcome with the result.</returns>
    internal abstract Task<TenantOutcome> RunAsync(
        SearchConnection connection, TenantOutcome outcome, TimeSpan? stopAfter, TimeSpan used, Action<ExportProgress> progress,
        CancellationToken cancellationToken);
}
