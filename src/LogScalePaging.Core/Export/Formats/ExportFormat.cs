namespace LogScalePaging.Export.Formats;

/// <summary>Format of an output.</summary>
public enum ExportFormat
{
    /// <summary>One JSON array, an event a line, each event in the server's own bytes.</summary>
    Json,
    /// <summary>An event a line, each in the server's own bytes.</summary>
    NdJson,
    /// <summary>RFC 4180 in UTF-8; the columns are the union of all fields, or those asked for.</summary>
    Csv,
}
