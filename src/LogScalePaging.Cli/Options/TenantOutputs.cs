using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Options;

/// <summary>Several child tenants of an export, each with a separate file.</summary>
/// <param name="Cids">The tenants.</param>
/// <param name="Output">The output as the user wrote it, with a placeholder in its path.</param>
/// <param name="Name">Name of the query; null for none.</param>
internal sealed record TenantOutputs(IReadOnlyList<string> Cids, OutputRequest Output, string? Name)
{
    /// <summary>The tenants; null if there is at most one.</summary>
    /// <exception cref="UsageException">Several tenants are not possible with the other options.</exception>
    public static TenantOutputs? Of(IReadOnlyList<string> cids, OutputRequest output, string? name, bool isScheduled)
    {
        if (cids.Count < 2)
            return null;
        if (isScheduled)
            throw new UsageException(
                $"{ScheduleOptions.Name} is possible only for one tenant. Run it for each {FalconOptions.MemberCidName} separately.");
        if (output.IsStandardOutput || output.Template is null || !OutputPath.NamesTenant(output.Template))
            throw new UsageException("Several tenants need a file each. Put {cid} into --output, for example -o '{cid}-events.ndjson'.");
        return new TenantOutputs(cids, output, name);
    }

    /// <summary>The export of a tenant.</summary>
    /// <param name="connection">A connection to the tenant.</param>
    /// <param name="search">The search, the same for all tenants.</param>
    /// <exception cref="Export.Errors.ExportException">A placeholder has no value.</exception>
    public ExportRequest Request(SearchConnection connection, SearchRequest search) =>
        Output.Filled(connection, search, Name).ToRequest(search);
}
