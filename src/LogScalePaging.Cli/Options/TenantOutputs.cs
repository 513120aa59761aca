using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Cli.Options;

/// <summary>The child tenants of an export, each with a file of its own.</summary>
/// <param name="Cids">The tenants.</param>
/// <param name="Output">The output as the user wrote it, with a placeholder in its path.</param>
/// <param name="Template">Its path.</param>
internal sealed record TenantOutputs(IReadOnlyList<string> Cids, OutputRequest Output, PathTemplate Template)
{
    private const string Placeholder = "cid";

    /// <summary>The tenants; null if one tenant is exported under a plain name.</summary>
    /// <exception cref="UsageException">The path does not fit the tenants.</exception>
    public static TenantOutputs? Of(IReadOnlyList<string> cids, OutputRequest output)
    {
        var hasPlace = output.Path.Contains($"{{{Placeholder}}}", StringComparison.OrdinalIgnoreCase);
        if (cids.Count == 0 && hasPlace)
            throw new UsageException($"--output has {{{Placeholder}}}, and no child tenant is named. Use {FalconOptions.MemberCidName}.");
        if (cids.Count < 2 && !hasPlace)
            return null;
        if (output.IsStandardOutput || !hasPlace)
            throw new UsageException($"Several tenants need a file each. Put {{{Placeholder}}} into --output, for example -o "
                + $"'{{{Placeholder}}}-events.ndjson'.");
        try
        {
            return new TenantOutputs(cids, output, PathTemplate.Parse(output.Path, [Placeholder]));
        }
        catch (ExportException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    /// <summary>The output of a tenant.</summary>
    /// <exception cref="ExportException">The path is not valid.</exception>
    public ExportTarget Target(string cid) => (Output with { Path = Template.Fill(_ => cid) }).ToTarget();
}
