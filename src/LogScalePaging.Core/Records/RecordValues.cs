namespace LogScalePaging.Records;

/// <summary>The types of values on the pipeline. Files keep the server's own bytes in any case.</summary>
public enum RecordValues
{
    /// <summary>Every value is text, in any JSON form.</summary>
    Text,

    /// <summary>Values have the types of JSON: numbers, booleans, arrays and nested objects.</summary>
    Json,
}
