namespace LogScalePaging.Records;

/// <summary>What the values of fields are to a reader of the pipeline. Files keep the server's own bytes in any case.</summary>
public enum RecordValues
{
    /// <summary>Every value is text, whatever JSON it is written in.</summary>
    Text,

    /// <summary>Values have the types of JSON: numbers, booleans, arrays and nested objects.</summary>
    Json,
}
