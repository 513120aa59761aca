namespace LogScalePaging.Records;

/// <summary>
/// The fields that a scan needs. Implement it as a struct: the scan is compiled for each struct, so that the names of a system can be
/// constants in its code.
/// </summary>
internal interface IFieldNames
{
    /// <summary>False if no needed field begins with this byte. Most fields are skipped here.</summary>
    bool MayBegin(byte first);

    /// <summary>Adds a top-level field of a record to the scan, if it is needed.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="name">The name, without escapes.</param>
    /// <param name="value">The value as it is written; a string has its quotes.</param>
    /// <param name="start">Where the value begins.</param>
    void Take(ref RecordScan scan, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int start);
}
