namespace LogScalePaging.Transport.Http;

/// <summary>
/// Cancels an exchange in which nothing moves for too long, or which takes too long in all. One timer serves the whole exchange: moving
/// only notes the time, and the timer looks at the note when it fires. Time in which nobody waits for the server (a slow reader) does
/// not count.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const long Resting = long.MinValue;

    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private long _waitingSince = Resting;
    private volatile bool _expired;
    // Ticks that the server was waited for since its time was limited, and how many it may be; 0 for no limit.
    private long _waited;
    private long _limit;

    public Watchdog(TimeSpan timeout, TimeProvider time, CancellationToken user)
    {
        (_timeout, _time, User) = (timeout, time, user);
        _source = CancellationTokenSource.CreateLinkedTokenSource(user);
        Token = _source.Token;
        _timer = time.CreateTimer(static dog => ((Watchdog)dog!).Look(), this, timeout, System.Threading.Timeout.InfiniteTimeSpan);
    }

    /// <summary>The caller's token.</summary>
    public CancellationToken User { get; }

    /// <summary>Cancelled when the caller cancels, and when the time is over.</summary>
    public CancellationToken Token { get; }

    /// <summary>True when it was the time that cancelled.</summary>
    public bool Expired => _expired;

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Timeout => _timeout;

    /// <summary>How long the server may be waited for in the rest of the exchange, where that ended it; else null.</summary>
    public TimeSpan? ExpiredAfter { get; private set; }

    /// <summary>Limits the time that the server may be waited for in the rest of the exchange.</summary>
    /// <param name="limit">Not less than the timeout; null for no limit.</param>
    public void LimitTo(TimeSpan? limit)
    {
        Volatile.Write(ref _waited, 0);
        Volatile.Write(ref _limit, limit?.Ticks ?? 0);
    }

    /// <summary>The server's turn begins.</summary>
    public void Watch() => Volatile.Write(ref _waitingSince, _time.GetTimestamp());

    /// <summary>The server's turn is over.</summary>
    public void Rest()
    {
        Volatile.Write(ref _waited, _waited + _time.GetElapsedTime(_waitingSince).Ticks);
        Volatile.Write(ref _waitingSince, Resting);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Look()
    {
        var since = Volatile.Read(ref _waitingSince);
        var left = since == Resting ? _timeout : _timeout - _time.GetElapsedTime(since);
        var limit = TimeSpan.FromTicks(Volatile.Read(ref _limit));
        var waited = TimeSpan.FromTicks(Volatile.Read(ref _waited)) + (since == Resting ? TimeSpan.Zero : _time.GetElapsedTime(since));
        if (limit > TimeSpan.Zero && limit - waited is var rest && rest < left)
        {
            left = rest;
            if (rest <= TimeSpan.Zero)
                ExpiredAfter = limit;
        }
        try
        {
            if (left <= TimeSpan.Zero)
            {
                _expired = true;
                _source.Cancel();
            }
            else
            {
                // A timer counts in milliseconds: less than one would spin.
                _timer.Change(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, System.Threading.Timeout.InfiniteTimeSpan);
            }
        }
        catch (ObjectDisposedException)
        {
            // The exchange ended while the timer was firing.
        }
    }
}
