namespace LogScalePaging.Records;

/// <summary>Which record this is.</summary>
/// <param name="Id">Its identity, where it has one.</param>
/// <param name="Timestamp">Its time, where it has one: milliseconds since 1970 UTC, or nanoseconds where the schema's unit is
/// finer.</param>
public sealed record EventMark(string? Id, long? Timestamp);
