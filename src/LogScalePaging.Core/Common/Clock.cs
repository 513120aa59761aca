namespace LogScalePaging.Common;

/// <summary>Waiting by a <see cref="TimeProvider"/>, which the two targets spell differently.</summary>
internal static class Clock
{
    // Timers count whole milliseconds and would end a little early: whoever waits for a moment would spin until it comes.
    public static Task Wait(this TimeProvider time, TimeSpan wait, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(WholeMilliseconds(wait), time, cancellationToken);
#else
        time.Delay(WholeMilliseconds(wait), cancellationToken);
#endif

    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
