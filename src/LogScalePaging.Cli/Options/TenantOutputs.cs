using LogScalePaging.Cli.Output;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging.Cli.Options;

/// <summary>Several child tenants of an export, each with a separate file.</summary>
/// <param name="Cids">The tenants.</param>
/// <param name="Output">The output as the user wrote it, with a placeholder in its path.</param>
/// <param name="Name">Name of the query; null for none.</param>
/// <param name="Schedule">The settings of the schedule of a tenant; null for exports that are no schedule.</param>
internal sealed record TenantOutputs(
    IReadOnlyList<string> Cids, OutputRequest Output, string? Name, Func<string, ScheduleSettings>? Schedule)
{
    /// <summary>The tenants; null if there is at most one.</summary>
    /// <exception cref="UsageException">Several tenants are not possible with the other options.</exception>
    public static TenantOutputs? Of(
        IReadOnlyList<string> cids, OutputRequest output, string? name, Func<string, ScheduleSettings>? schedule)
    {
        if (cids.Count < 2)
            return null;
        if (output.IsStandardOutput || output.Template is null || !OutputPath.NamesTenant(output.Template))
            throw new UsageException("Several tenants need a file each. Put {cid} into --output, for example -o '{cid}-events.ndjson'.");
        return new TenantOutputs(cids, output, name, schedule);
    }

    /// <summary>The export of a tenant.</summary>
    /// <param name="cid">The tenant.</param>
    /// <param name="connect">Connects to it.</param>
    /// <param name="search">The search, the same for all tenants.</param>
    /// <exception cref="Export.Errors.ExportException">A placeholder has no value.</exception>
    /// <exception cref="UsageException">The search is not possible with a watermark.</exception>
    public TenantRun Run(string cid, Func<SearchConnection> connect, SearchRequest search)
    {
        using var connection = connect();
        if (Schedule is null)
            return new TenantExport(cid, connect, Output.Filled(connection, search, Name).ToRequest(search));
        var run = new TenantSchedule(
            cid, connect, search, Output.Template!, path => (Output with { Path = path }).ToTarget(), Schedule(cid))
        { Name = Name };
        try
        {
            run.EnsurePossible(connection);
            return run;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.WithoutParameter(e), e);
        }
    }
}
