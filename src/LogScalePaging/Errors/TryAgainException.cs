namespace LogScalePaging;

/// <summary>A slice that failed and may succeed in another try.</summary>
internal sealed class TryAgainException(Exception inner) : Exception($"{inner.Message} Run the slice again to continue it.", inner);
