namespace LogScalePaging.Export.Manifest;

/// <summary>One file of a finished output.</summary>
public sealed record OutputFile
{
    /// <summary>File name; it stands in the folder of the output.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes, as it is on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file, as <c>sha256sum</c> prints it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Events in it.</summary>
    public required long Events { get; init; }

    /// <summary>
    /// Time of its newest record, where known, in the unit of the schema. Where the records are not in order, no record of the file is
    /// newer.
    /// </summary>
    public long? Newest { get; init; }

    /// <summary>
    /// Time of its oldest record, where known, in the unit of the schema. Where the records are not in order, no record of the file is
    /// older.
    /// </summary>
    public long? Oldest { get; init; }

    /// <summary>Identity of its first record, where it has one.</summary>
    public string? FirstId { get; init; }

    /// <summary>Identity of its last record, where it has one.</summary>
    public string? LastId { get; init; }
}
