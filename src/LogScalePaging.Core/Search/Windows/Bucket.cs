namespace LogScalePaging.Search.Windows;

/// <summary>A bar of a count histogram.</summary>
/// <param name="Start">Start, epoch milliseconds.</param>
/// <param name="End">End, epoch milliseconds.</param>
/// <param name="Count">Events in it.</param>
public sealed record Bucket(long Start, long End, long Count);
