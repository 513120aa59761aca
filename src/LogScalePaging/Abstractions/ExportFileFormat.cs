namespace LogScalePaging;

/// <summary>Format of an exported file.</summary>
public enum ExportFileFormat
{
    /// <summary>What the file's ending says: .json, .ndjson, .jsonl or .csv, each also with .gz.</summary>
    Auto,
    /// <summary>One JSON array, an event a line.</summary>
    Json,
    /// <summary>An event a line.</summary>
    NdJson,
    /// <summary>RFC 4180 in UTF-8; the columns are the union of all fields.</summary>
    Csv,
}
