namespace LogScalePaging.Common;

/// <summary>Cancels from a timer.</summary>
internal static class LateCancellation
{
    /// <summary>
    /// Cancels, unless the source was disposed. A timer can fire at the moment in which its owner disposes both, and an exception in a
    /// timer would end the process.
    /// </summary>
    public static void TryCancel(this CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // What the timer limits is over.
        }
    }
}
