namespace LogScalePaging.Transport;

/// <summary>
/// The server's clock as its answers tell it. A Date header has whole seconds, but each answer says that the server's time lay within
/// a second after it at some moment between sending and receiving: the overlap of what several answers say is narrower than any one.
/// </summary>
public sealed class ServerClock
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    // A clock that is further off tells no time. Beyond it, sums would leave the calendar.
    private static readonly TimeSpan s_mostSkew = TimeSpan.FromDays(100 * 365);
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private (TimeSpan Low, TimeSpan High)? _skew;

    /// <summary>Makes a clock that knows nothing yet.</summary>
    public ServerClock(TimeProvider time) => _time = time;

    /// <summary>True once an answer told the time.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_gate)
                return _skew is not null;
        }
    }

    /// <summary>How far the server's clock is ahead of this machine's; zero as long as it is not known.</summary>
    public TimeSpan Skew
    {
        get
        {
            lock (_gate)
                return _skew is { } skew ? TimeSpan.FromTicks((skew.Low.Ticks + skew.High.Ticks) / 2) : TimeSpan.Zero;
        }
    }

    /// <summary>The server's time now; this machine's as long as it is not known.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + Skew;

    /// <summary>Takes in one answer.</summary>
    internal void Observe(DateTimeOffset date, DateTimeOffset sent, DateTimeOffset received)
    {
        var said = (Low: date - received, High: date - sent + s_second);
        if (said.Low.Duration() > s_mostSkew)
            return;
        lock (_gate)
        {
            var both = _skew is { } known
                ? (Low: Later(known.Low, said.Low), High: Earlier(known.High, said.High))
                : said;
            // No overlap: one of the clocks was set, or this machine slept. The newest answer is right.
            _skew = both.Low <= both.High ? both : said;
        }
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
