namespace LogScalePaging.Transport;

/// <summary>
/// A token that follows another one late: a request that makes something on the server is not abandoned between being sent and being
/// answered, or nobody would know what to clean up.
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
        _registration = cancellationToken.Register(() => _timer = time.CreateTimer(_ => _late.Cancel(), null, span, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Cancelled so long after the other one, or together with it when there is no grace.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _late?.Dispose();
    }
}
