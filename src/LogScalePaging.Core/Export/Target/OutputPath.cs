using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Export.Target;

/// <summary>The path of an output, with the values of its placeholders for one query.</summary>
public static class OutputPath
{
    private const string Name = "name";
    private const string Index = "index";
    private const string Repository = "repository";
    private const string Tenant = "tenant";
    private const string Cid = "cid";
    private const string Start = "start";
    private const string End = "end";

    /// <summary>The placeholders of a path.</summary>
    public static IReadOnlyList<string> Known { get; } = [Name, Index, Repository, Tenant, Cid, Start, End];

    /// <summary>Whether the paths of two tenants differ.</summary>
    public static bool NamesTenant(PathTemplate template) => template.Has(Tenant) || template.Has(Cid);

    /// <summary>Reads the path of a watermark file, which can have a placeholder for the tenant.</summary>
    /// <exception cref="ExportException">A placeholder is not known.</exception>
    public static PathTemplate ParseWatermark(string path) => PathTemplate.Parse(path, [Tenant, Cid]);

    /// <summary>The path of the watermark file of a tenant.</summary>
    public static string FillWatermark(PathTemplate template, string tenant) => template.Fill(_ => tenant);

    /// <summary>The path of the watermark file of one connection.</summary>
    /// <param name="path">
    /// The path as the user wrote it. Without a tenant, or a placeholder for it, its braces are part of the name.
    /// </param>
    /// <param name="tenant">The tenant of the connection; null if it has none.</param>
    /// <exception cref="ExportException">A placeholder is not known.</exception>
    public static string FillWatermark(string path, string? tenant) =>
        tenant is not null && new[] { Tenant, Cid }.Any(name => path.IndexOf($"{{{name}}}", StringComparison.OrdinalIgnoreCase) is >= 0)
            ? FillWatermark(ParseWatermark(path), tenant)
            : path;

    /// <summary>The path for one query.</summary>
    /// <param name="template">The path with placeholders.</param>
    /// <param name="connection">The connection, whose clock makes relative times absolute.</param>
    /// <param name="request">The search.</param>
    /// <param name="name">Name of the query; null for none.</param>
    /// <param name="index">Number of the query in its command, from 1.</param>
    /// <exception cref="ExportException">There is no value for a placeholder, or its format is not valid.</exception>
    public static string Fill(PathTemplate template, SearchConnection connection, SearchRequest request, string? name, int index)
    {
        var now = connection.Transport.Time.GetUtcNow();
        return template.Fill(placeholder => placeholder switch
        {
            Name => name,
            Index => index,
            Repository => RepositoryOf(connection, request),
            Tenant or Cid => connection.Tenant,
            Start => Time(request.Range.Start, now),
            End => Time(request.Range.End, now),
            _ => null,
        });
    }

    // A search knows the repository that it will use. Opening it sends nothing.
    private static string RepositoryOf(SearchConnection connection, SearchRequest request)
    {
        var search = connection.Open(request, new SignalLog());
        try
        {
            return search.Identity.Repository;
        }
        finally
        {
            search.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static DateTimeOffset? Time(RequestedTime time, DateTimeOffset now)
    {
        if (time.Words is not { } words)
            return time.Milliseconds is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        try
        {
            return RelativeTimeWords.Resolve(words, now);
        }
        catch (ArgumentException)
        {
            // Only the server knows this time, for example 1d@d.
            return null;
        }
    }
}
