namespace LogScalePaging.Records.Identities;

/// <summary>How many identities a strategy needs, so that no item is passed on twice.</summary>
/// <param name="Last">The last n; null for all; 0 for none.</param>
internal readonly record struct IdentityMemory(int? Last)
{
    /// <summary>None: the strategy's items are never repeated, or have no identity.</summary>
    public static IdentityMemory None { get; } = new(0);

    /// <summary>All items of the walk. A strategy that can restart needs them.</summary>
    public static IdentityMemory All { get; } = new(null);
}
