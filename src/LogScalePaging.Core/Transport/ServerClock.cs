namespace LogScalePaging.Transport;

/// <summary>
/// The server's clock, estimated from its answers. A Date header has whole seconds. Each answer shows that at some moment between sending
/// and receiving, the server's time was within the second that begins with its date. The overlap of several answers is more exact than
/// one answer.
/// </summary>
public sealed class ServerClock
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    // A clock that is further off is ignored. Sums with it could leave the calendar.
    private static readonly TimeSpan s_mostSkew = TimeSpan.FromDays(100 * 365);
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private (TimeSpan Low, TimeSpan High)? _skew;

    /// <summary>Creates a clock without any estimate.</summary>
    public ServerClock(TimeProvider time) => _time = time;

    /// <summary>True after an answer had a date.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_gate)
                return _skew is not null;
        }
    }

    /// <summary>How far the server's clock is ahead of this machine's; zero if it is not known.</summary>
    public TimeSpan Skew
    {
        get
        {
            lock (_gate)
                return _skew is { } skew ? TimeSpan.FromTicks((skew.Low.Ticks + skew.High.Ticks) / 2) : TimeSpan.Zero;
        }
    }

    /// <summary>The server's time now; this machine's time if it is not known.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + Skew;

    /// <summary>Adds the date of an answer.</summary>
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
            // There is no overlap: one of the clocks was set, or this machine slept. The newest answer is used.
            _skew = both.Low <= both.High ? both : said;
        }
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
