namespace LogScalePaging.Export.Formats;

/// <summary>Format of an output.</summary>
public enum ExportFormat
{
    /// <summary>One JSON array with one event per line. Each event has the server's own bytes.</summary>
    Json,
    /// <summary>One event per line, each with the server's own bytes.</summary>
    NdJson,
    /// <summary>RFC 4180 in UTF-8. The columns are the union of all fields, or the requested fields.</summary>
    Csv,
    /// <summary>
    /// JSON lines for Timesketch: <c>message</c>, <c>datetime</c> and <c>timestamp_desc</c> before the event's own fields.
    /// </summary>
    Timesketch,
}
