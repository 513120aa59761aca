namespace LogScalePaging.Search.Windows;

/// <summary>A bar of a count histogram.</summary>
/// <param name="Start">Start, in the unit of the records' times.</param>
/// <param name="End">End, in the same unit.</param>
/// <param name="Count">Events in it.</param>
internal sealed record Bucket(long Start, long End, long Count);
