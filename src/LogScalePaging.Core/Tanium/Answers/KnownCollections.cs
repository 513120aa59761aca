using LogScalePaging.Tanium.Graph;

namespace LogScalePaging.Tanium.Answers;

/// <summary>
/// The collections of the API Gateway that a published copy of its schema has as Relay connections, and whose records have an
/// <c>id</c>. Other fields of the query have other pages (<c>packages</c>), records without an <c>id</c> (<c>sensors</c>,
/// <c>assetProducts</c>) or
/// required arguments (<c>reportResultData</c>).
/// </summary>
internal static class KnownCollections
{
    // Only endpoints are collected from the estate while they are read.
    private static readonly string[] s_withoutEstate = [FieldSource.Collection];

    private static readonly Dictionary<string, (string Total, string[] Withheld)> s_all = new(StringComparer.Ordinal)
    {
        ["endpoints"] = (FieldSource.Total, []),
        ["actionGroups"] = (FieldSource.Total, s_withoutEstate),
        ["computerGroups"] = (FieldSource.Total, s_withoutEstate),
        ["packageSpecs"] = (FieldSource.Total, s_withoutEstate),
        ["reports"] = (FieldSource.Total, s_withoutEstate),
        ["scheduledActions"] = (FieldSource.Total, s_withoutEstate),
        ["configurationItemEntities"] = (FieldSource.Count, s_withoutEstate),
        ["configurationItemRelationships"] = (FieldSource.Count, s_withoutEstate),
        ["softwarePackages"] = (FieldSource.Count, s_withoutEstate),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => s_all.Keys;

    /// <summary>The name of the total of a collection.</summary>
    public static string TotalOf(string collection) => s_all.TryGetValue(collection, out var known) ? known.Total : FieldSource.Total;

    /// <summary>The optional fields that a collection does not have; none for an unknown collection.</summary>
    public static IReadOnlyCollection<string> WithheldOf(string collection) =>
        s_all.TryGetValue(collection, out var known) ? known.Withheld : [];
}
