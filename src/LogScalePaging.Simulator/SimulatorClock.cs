namespace LogScalePaging.Simulator;

/// <summary>The server's clock: starts at <see cref="SimulatorOptions.Now"/> and runs with the time provider.</summary>
internal sealed class SimulatorClock
{
    private readonly TimeSpan _ahead;

    public SimulatorClock(SimulatorOptions options)
    {
        Provider = options.TimeProvider;
        DateTimeOffset now = Provider.GetUtcNow();
        _ahead = (options.Now ?? now) - now;
    }

    public TimeProvider Provider { get; }

    public DateTimeOffset Now => Provider.GetUtcNow() + _ahead;

    public long NowMs => Now.ToUnixTimeMilliseconds();

    public Task Delay(TimeSpan time, CancellationToken cancellation)
    {
#if NET
        return Task.Delay(time, Provider, cancellation);
#else
        return Provider.Delay(time, cancellation);
#endif
    }
}
