namespace LogScalePaging.LogScale.Counting;

/// <summary>A histogram of the whole range whose sum is used as a count.</summary>
/// <param name="Count">Its sum; null if it is no count.</param>
/// <param name="IsRepeated">Requests the histogram again. True if the server sends the same bars.</param>
internal sealed record HistogramSum(Func<Task<CountAnswer?>> Count, Func<CancellationToken, Task<bool>> IsRepeated);
