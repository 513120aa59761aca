namespace LogScalePaging.Common;

/// <summary>Waits by a <see cref="TimeProvider"/>, for both target frameworks.</summary>
internal static class Clock
{
    // Timers count whole milliseconds and can end a little early. A caller that waits for a point in time would then loop until it is
    // reached.
    public static Task Wait(this TimeProvider time, TimeSpan wait, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(WholeMilliseconds(wait), time, cancellationToken);
#else
        time.Delay(WholeMilliseconds(wait), cancellationToken);
#endif

    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
