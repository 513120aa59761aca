namespace LogScalePaging.Records;

/// <summary>
/// Knows the fields that matter to a scan. Implement it as a struct: the scan is compiled once for each, so that the names of a
/// system can be constants of its code.
/// </summary>
internal interface IFieldNames
{
    /// <summary>False when no field that matters begins with this byte. Most fields end here.</summary>
    bool MayBegin(byte first);

    /// <summary>Takes a field at the top level of a record into the scan, if it matters.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="name">The name, without escapes.</param>
    /// <param name="value">The value as it is written; a string has its quotes.</param>
    /// <param name="start">Where the value begins.</param>
    void Take(ref EventScan scan, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int start);
}
