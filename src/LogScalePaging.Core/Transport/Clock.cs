namespace LogScalePaging.Transport;

/// <summary>Waiting by a <see cref="TimeProvider"/>, which the two targets spell differently.</summary>
internal static class Clock
{
    public static Task Wait(this TimeProvider time, TimeSpan wait, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        Task.Delay(wait, time, cancellationToken);
#else
        time.Delay(wait, cancellationToken);
#endif
}
