namespace LogScalePaging.Records;

/// <summary>How many identities a strategy needs remembered so that no item is handed on twice.</summary>
/// <param name="Last">The last n; null for all; 0 for none.</param>
public readonly record struct IdentityMemory(int? Last)
{
    /// <summary>None: the strategy's items never come twice, or cannot be told apart.</summary>
    public static IdentityMemory None { get; } = new(0);

    /// <summary>All items of the walk. A strategy that may begin again needs them.</summary>
    public static IdentityMemory All { get; } = new(null);
}
