using LogScalePaging.Common;

namespace LogScalePaging.Transport;

/// <summary>
/// A token that is cancelled some time after another one. A request that creates something on the server is not abandoned between sending
/// it and its answer. Otherwise it would be unknown what must be cleaned up. Until its body is sent, the server has nothing to carry out,
/// so the token is cancelled at once.
/// </summary>
internal sealed class Grace : IDisposable
{
    private readonly CancellationTokenSource? _late;
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeSpan _span;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private ITimer? _timer;
    private bool _isOver;

    public Grace(TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        (Token, _span, _time) = (cancellationToken, span, time);
        if (span <= TimeSpan.Zero || !cancellationToken.CanBeCanceled)
            return;
        _late = new CancellationTokenSource();
        Token = _late.Token;
        _registration = cancellationToken.Register(End);
    }

    /// <summary>Cancelled this long after the other token, or together with it if the time is zero or nothing was sent.</summary>
    public CancellationToken Token { get; }

    /// <summary>Called before the body of a request is sent; null if the request gets no time.</summary>
    public Action? Sending => _late is null ? null : Send;

    /// <summary>True if the server may have received a whole request.</summary>
    public bool HasSent { get; private set; }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
            _timer?.Dispose();
        _late?.Dispose();
    }

    private void Send()
    {
        lock (_gate)
        {
            HasSent |= !_isOver;
            if (!_isOver)
                return;
        }
        _late!.Cancel();
        throw new OperationCanceledException(Token);
    }

    private void End()
    {
        lock (_gate)
        {
            if (HasSent)
            {
                _timer = _time.CreateTimer(_ => _late!.TryCancel(), null, _span, Timeout.InfiniteTimeSpan);
                return;
            }
            _isOver = true;
        }
        _late!.Cancel();
    }
}
