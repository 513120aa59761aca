namespace LogScalePaging.Falcon.Rest.Endpoints;

/// <summary>A sort order of records: a field and a direction.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsDescending">True for the largest value first.</param>
internal sealed record FalconSort(string Field, bool IsDescending)
{
    /// <summary>Reads <c>field</c>, <c>field.asc</c> and <c>field|desc</c>. Endpoints use different separators.</summary>
    public static FalconSort Parse(string text)
    {
        var cut = text.LastIndexOfAny(['.', '|']);
        var direction = cut < 0 ? "" : text.Substring(cut + 1);
        return direction is "asc" or "desc" ? new FalconSort(text.Substring(0, cut), direction == "desc") : new FalconSort(text, false);
    }

    /// <summary>The order as an endpoint writes it.</summary>
    public string For(FalconFamily family) => $"{Field}{family.SortSeparator}{(IsDescending ? "desc" : "asc")}";

    /// <summary>The key by which a family can be read past its window in this order; null if the field of the order may change.</summary>
    /// <param name="family">The family.</param>
    /// <param name="sortBy">The order that the user requested; null for any order.</param>
    public static FalconSort? KeyOf(FalconFamily family, string? sortBy)
    {
        if (family.IdentityField is null || family.Keys.Count == 0)
            return null;
        if (sortBy is null)
            return new FalconSort(family.Keys[0], false);
        var sort = Parse(sortBy);
        return family.Keys.Contains(sort.Field) ? sort : null;
    }

    /// <summary>
    /// A filter for the records from a value of this field on. The value is included, because several records may have it.
    /// </summary>
    public string From(string value, string filter)
    {
        var clause = $"{Field}:{(IsDescending ? "<=" : ">=")}'{value.Replace("\\", "\\\\").Replace("'", "\\'")}'";
        return Joined(filter, clause);
    }

    /// <summary>A filter for the records that match both.</summary>
    /// <param name="filter">The user's filter; empty for all records.</param>
    /// <param name="clause">Clauses joined by a plus sign.</param>
    public static string Joined(string filter, string clause) => filter.Trim().Length == 0 ? clause : $"({filter})+{clause}";
}
