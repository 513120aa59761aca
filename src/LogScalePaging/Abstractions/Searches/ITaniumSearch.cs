using System.Collections;
using System.Management.Automation;
using LogScalePaging.Search;
using LogScalePaging.Tanium;

namespace LogScalePaging.Commands;

/// <summary>The parameters of a cmdlet that searches Tanium.</summary>
internal interface ITaniumSearch
{
    string? Field { get; }

    string[]? Property { get; }

    string? Query { get; }

    IDictionary? Argument { get; }

    SwitchParameter Backward { get; }

    SwitchParameter Refresh { get; }

    int PageSize { get; }
}

/// <summary>Makes the engine's request.</summary>
internal static class TaniumSearch
{
    /// <summary>The search that the parameters describe.</summary>
    /// <exception cref="ArgumentException">The parameters are not valid. The message says why.</exception>
    public static SearchRequest ToRequest(this ITaniumSearch search)
    {
        // The first argument is the field, and a query is easily passed there.
        if (search.Field?.Contains('{') == true)
            throw new ArgumentException("-Field must be the name of a field, such as endpoints. Use -Query for a query in GraphQL.");
        if (search.Field is not null && search.Property is null)
            throw new ArgumentException("-Field requires -Property, for example -Property id, name, ipAddress.");
        return new TaniumRequest
        {
            Field = search.Field?.Trim(),
            Properties = search.Field is null ? [] : Selections(search.Property!),
            Query = search.Query ?? "",
            Arguments = Arguments(search.Argument),
            Backward = search.Backward,
            Refresh = search.Refresh,
            PageSize = search.PageSize,
        };
    }

    /// <summary>
    /// The names of the fields to keep: those that the selections of <c>-Property</c> give to the records of <c>-Field</c>. A query selects
    /// its fields itself, so <c>-Property</c> is then a choice among them.
    /// </summary>
    /// <exception cref="ArgumentException">A selection is not a field of a record.</exception>
    public static IReadOnlyList<string>? Kept(this ITaniumSearch search) =>
        search.Field is null || search.Property is null ? search.Property : TaniumRequest.NamesOf(Selections(search.Property));

    private static IReadOnlyList<string> Selections(string[] property) => [.. property.SelectMany(TaniumRequest.SplitProperties)];

    private static Dictionary<string, string> Arguments(IDictionary? arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry argument in arguments ?? new Hashtable())
        {
            // GraphQL writes a variable with a dollar sign.
            var name = BodyJson.Name(argument).TrimStart('$');
            if (values.ContainsKey(name))
                throw new ArgumentException($"-Argument has the variable '{name}' twice.");
            values.Add(name, BodyJson.Write(argument.Value, "-Argument"));
        }
        return values;
    }
}
