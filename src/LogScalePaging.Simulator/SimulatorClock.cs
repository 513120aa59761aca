namespace LogScalePaging.Simulator;

/// <summary>The server's clock: starts at <see cref="SimulatorOptions.Now"/> and runs with the time provider.</summary>
internal sealed class SimulatorClock
{
    private readonly TimeSpan _ahead;
    private readonly SimulatorOptions _options;

    public SimulatorClock(SimulatorOptions options)
    {
        _options = options;
        Provider = options.TimeProvider;
        var now = Provider.GetUtcNow();
        _ahead = (options.Now ?? now) - now;
    }

    public TimeProvider Provider { get; }

    public DateTimeOffset Now => Provider.GetUtcNow() + _ahead;

    /// <summary>The time of the <c>Date</c> header.</summary>
    public DateTimeOffset HeaderNow => Now + _options.DateHeaderAhead;

    public long NowMs => Now.ToUnixTimeMilliseconds();

    public Task Delay(TimeSpan time, CancellationToken cancellation) => Delay(Provider, time, cancellation);

    /// <summary>Waits by another clock than the server's.</summary>
    public static Task Delay(TimeProvider provider, TimeSpan time, CancellationToken cancellation)
    {
#if NET
        return Task.Delay(time, provider, cancellation);
#else
        return provider.Delay(time, cancellation);
#endif
    }
}
