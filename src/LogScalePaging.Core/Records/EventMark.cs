namespace LogScalePaging.Records;

/// <summary>Which event this is.</summary>
/// <param name="Id">Its <c>@id</c>, where it has one.</param>
/// <param name="Timestamp">Its <c>@timestamp</c> in epoch milliseconds, where it has one.</param>
public sealed record EventMark(string? Id, long? Timestamp);
