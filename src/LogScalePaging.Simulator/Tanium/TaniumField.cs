namespace LogScalePaging.Simulator;

/// <summary>A field of the query whose records come in pages.</summary>
/// <param name="Name">Its name.</param>
public sealed record TaniumField(string Name)
{
    /// <summary>Whether it has a total.</summary>
    public bool HasTotal { get; init; } = true;

    /// <summary>The name of its total.</summary>
    public string Total { get; init; } = "totalRecords";

    /// <summary>Whether it has <c>collectionInfo</c> and can be refreshed.</summary>
    public bool HasCollectionInfo { get; init; }

    /// <summary>Whether it can be read backward: <c>hasPreviousPage</c>, <c>startCursor</c>, <c>last</c> and <c>before</c>.</summary>
    public bool HasBackward { get; init; } = true;

    /// <summary>The fields that the simulator knows.</summary>
    public static IReadOnlyList<TaniumField> Known { get; } =
    [
        new("endpoints") { HasCollectionInfo = true },
        new("sensors"),
        new("computerGroups"),
        new("softwarePackages") { Total = "totalCount" },
        new("packages") { HasTotal = false, HasBackward = false },
    ];
}
