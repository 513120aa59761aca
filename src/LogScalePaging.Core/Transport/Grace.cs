namespace LogScalePaging.Transport;

/// <summary>
/// A token that is cancelled some time after another one. A request that creates something on the server is not abandoned between sending
/// it and its answer. Otherwise it would be unknown what must be cleaned up.
/// </summary>
internal sealed class Grace : IDisposable
{
    private readonly CancellationTokenSource? _late;
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;

    public Grace(TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        if (span <= TimeSpan.Zero || !cancellationToken.CanBeCanceled)
            return;
        _late = new CancellationTokenSource();
        Token = _late.Token;
        _registration = cancellationToken.Register(
            () => _timer = time.CreateTimer(_ => _late.Cancel(), null, span, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Cancelled this long after the other token, or together with it if the time is zero.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _late?.Dispose();
    }
}
