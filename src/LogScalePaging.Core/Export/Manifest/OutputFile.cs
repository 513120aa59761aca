namespace LogScalePaging.Export.Manifest;

/// <summary>One file of a finished output.</summary>
public sealed record OutputFile
{
    /// <summary>File name, in the folder of the output.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes, as it is on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the file, as <c>sha256sum</c> prints it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Events in it.</summary>
    public required long Events { get; init; }

    /// <summary>
    /// Time of its newest record, if known, in the unit of the schema. No record of the file is newer, even if the records are not in
    /// order.
    /// </summary>
    public long? Newest { get; init; }

    /// <summary>
    /// Time of its oldest record, if known, in the unit of the schema. No record of the file is older, even if the records are not in
    /// order.
    /// </summary>
    public long? Oldest { get; init; }

    /// <summary>Identity of its first record, if it has one.</summary>
    public string? FirstId { get; init; }

    /// <summary>Identity of its last record, if it has one.</summary>
    public string? LastId { get; init; }
}
