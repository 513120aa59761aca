namespace LogScalePaging;

/// <summary>Format of an exported file.</summary>
public enum ExportFileFormat
{
    /// <summary>By the extension of the file: .json, .ndjson, .jsonl or .csv, each also with .gz.</summary>
    Auto,
    /// <summary>One JSON array with one event per line.</summary>
    Json,
    /// <summary>One event per line.</summary>
    NdJson,
    /// <summary>RFC 4180 in UTF-8. The columns are the union of all fields.</summary>
    Csv,
    /// <summary>JSON lines for Timesketch, with message, datetime and timestamp_desc.</summary>
    Timesketch,
}
