namespace LogScalePaging.Transport.Http;

/// <summary>
/// Cancels an exchange that makes no progress for too long, or takes too long in total. One timer serves the whole exchange: progress
/// only stores the time, and the timer reads it when it fires. Time in which the program does not wait for the server (a slow reader) does
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
    // Ticks spent waiting for the server since the time was limited, and the limit; 0 for no limit.
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

    /// <summary>Cancelled when the caller cancels, or when the time is over.</summary>
    public CancellationToken Token { get; }

    /// <summary>True if the time limit cancelled.</summary>
    public bool Expired => _expired;

    /// <summary>The longest time without progress.</summary>
    public TimeSpan Timeout => _timeout;

    /// <summary>The limit for waiting in the rest of the exchange, if it was exceeded; else null.</summary>
    public TimeSpan? ExpiredAfter { get; private set; }

    /// <summary>Limits the time of waiting for the server in the rest of the exchange.</summary>
    /// <param name="limit">Not less than the timeout; null for no limit.</param>
    public void LimitTo(TimeSpan? limit)
    {
        Volatile.Write(ref _waited, 0);
        Volatile.Write(ref _limit, limit?.Ticks ?? 0);
    }

    /// <summary>Waiting for the server begins.</summary>
    public void Watch() => Volatile.Write(ref _waitingSince, _time.GetTimestamp());

    /// <summary>Waiting for the server ends.</summary>
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
                // A timer counts in milliseconds. A shorter time would fire at once, again and again.
                _timer.Change(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left,
                    System.Threading.Timeout.InfiniteTimeSpan);
            }
        }
        catch (ObjectDisposedException)
        {
            // The exchange ended while the timer fired.
        }
    }
}
