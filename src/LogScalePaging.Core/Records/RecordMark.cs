namespace LogScalePaging.Records;

/// <summary>The id and time of a record.</summary>
/// <param name="Id">Its identity, if it has one.</param>
/// <param name="Timestamp">Its time, if it has one: milliseconds since 1970 UTC, or nanoseconds if the schema has a finer unit.</param>
public sealed record RecordMark(string? Id, long? Timestamp);
