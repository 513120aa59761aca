namespace LogScalePaging.Export.Slices;

/// <summary>How slices are merged.</summary>
public sealed record MergeOptions
{
    /// <summary>Folder of the slices; null for the folder of the plan.</summary>
    public string? Folder { get; init; }

    /// <summary>Replace an existing output.</summary>
    public bool Force { get; init; }

    /// <summary>Leave accounts and machines out of the manifest, also those of the slices.</summary>
    public bool NoOperator { get; init; }

    /// <summary>The authority that gives the manifest a timestamp; null for none.</summary>
    public Uri? TimestampServer { get; init; }
}
