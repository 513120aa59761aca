#pragma warning disable CA1001 // The semaphore has nothing to dispose, because its wait handle is never used.

using LogScalePaging.Common;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Limits;

/// <summary>
/// Limits the rate of requests of a connection, for all its workers. It limits the number of parallel requests, pauses all of them when
/// the server asks for it, and spaces them when the server's allowance runs low. Waiting takes no thread and ends at once when cancelled.
/// </summary>
public sealed class RateGovernor
{
    // The length of the server's period is not known (a second, a minute), only how much of the allowance is left. The less is left, the
    // longer the space between requests.
    private const int LowRemaining = 10;
    private const int MostSteps = 11;
    private static readonly TimeSpan s_longStall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly object _gate = new();
    private readonly long _epoch;
    private TimeSpan _quietUntil;
    private TimeSpan _stallStart;
    private bool _stallTold;
    private TimeSpan _nextStart;
    private long? _remaining;
    private int _rejections;
    private RequestBudget? _budget;

    /// <summary>Creates a governor.</summary>
    /// <param name="limit">Maximum number of parallel requests, at least 1.</param>
    /// <param name="time">The clock for the waits.</param>
    public RateGovernor(int limit, TimeProvider time)
    {
        if (limit < 1)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "At least one request must be allowed.");
        Limit = limit;
        _time = time;
        _epoch = time.GetTimestamp();
        _slots = new SemaphoreSlim(limit, limit);
    }

    /// <summary>Maximum number of parallel requests.</summary>
    public int Limit { get; }

    /// <summary>Number of running requests, including those that wait for a pause to end.</summary>
    public int UnderWay => Limit - _slots.CurrentCount;

    /// <summary>How long all requests are still paused; zero if they are not.</summary>
    public TimeSpan QuietLeft
    {
        get
        {
            lock (_gate)
                return Positive(_quietUntil - Now);
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>Waits until a request may start. Call <see cref="Exit"/> when the request ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="most">Longest time to wait; null for no limit.</param>
    public async Task EnterAsync(CancellationToken cancellationToken, TimeSpan? most = null)
    {
        var asked = Now;
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (Book() is { Ticks: > 0 } wait)
            {
                var left = most - (Now - asked);
                if (left <= TimeSpan.Zero)
                    break;
                await _time.Wait(left < wait ? left.Value : wait, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    /// <summary>A request ended.</summary>
    public void Exit() => _slots.Release();

    /// <summary>
    /// Limits the requests of a minute until the result is disposed, for a run that shares the server's limit with runs on other machines.
    /// If runs of one connection overlap, the smallest limit applies to all of them.
    /// </summary>
    /// <param name="requests">Requests a minute, at least 1.</param>
    internal IDisposable LimitMinute(int requests)
    {
        lock (_gate)
            return _budget = new RequestBudget(requests, _budget, Forget);
    }

    /// <summary>Processes what an answer says about the rate limit.</summary>
    /// <returns>How long all requests are paused because of this answer; null if it changes nothing.</returns>
    internal TimeSpan? Observe(int status, RateLimit? limit)
    {
        lock (_gate)
        {
            _remaining = limit?.Remaining ?? _remaining;
            if (status is not (429 or 430 or 503))
            {
                _rejections = 0;
                // Nothing is left, and the server says until when. The next request would be refused.
                return limit is { Remaining: <= 0, RetryAfter: { Ticks: > 0 } end } ? Quiet(end, goesOn: false) : null;
            }
            _rejections++;
            // A single 503 without a wait is a problem of one node. Its caller backs off, and the others continue.
            if (limit?.RetryAfter is null && status == 503 && _rejections == 1)
                return null;
            // A time in the past is used once, because the clocks may differ. After that, it is ignored.
            if (limit?.RetryAfter is { } asked && (asked > TimeSpan.Zero || _rejections == 1))
                return Quiet(asked, _rejections > 1);
            return Quiet(BackOff.Ceiling(_rejections - 1), _rejections > 1);
        }
    }

    /// <summary>
    /// True once for each stall, when it is known to last longer than 30 s. A stall lasts until a request is answered again.
    /// </summary>
    internal bool IsNewLongStall()
    {
        lock (_gate)
        {
            if (_stallTold || _quietUntil - _stallStart <= s_longStall)
                return false;
            return _stallTold = true;
        }
    }

    private TimeSpan Quiet(TimeSpan span, bool goesOn)
    {
        var now = Now;
        if (!goesOn && now >= _quietUntil)
            (_stallStart, _stallTold) = (now, false);
        var until = now + span;
        if (until > _quietUntil)
            _quietUntil = until;
        return span;
    }

    // The time until the next check; zero if the request may start.
    private TimeSpan Book()
    {
        lock (_gate)
        {
            var now = Now;
            if (_quietUntil > now)
                return _quietUntil - now;
            var spacing = Spacing();
            if (spacing > TimeSpan.Zero && _nextStart > now)
                return _nextStart - now;
            if (_budget?.Take(now) is { Ticks: > 0 } wait)
                return wait;
            if (spacing > TimeSpan.Zero)
                _nextStart = now + spacing;
            return TimeSpan.Zero;
        }
    }

    private void Forget(RequestBudget ended)
    {
        lock (_gate)
            _budget = RequestBudget.Without(_budget, ended);
    }

    private TimeSpan Spacing()
    {
        // Running requests can use up the rest of the allowance, so with many workers the spacing starts earlier.
        var low = Math.Max(LowRemaining, Limit);
        var used = _remaining is { } left && left <= low ? low + 1 - Math.Max(0, left) : 0;
        var steps = ((used * MostSteps) + low) / (low + 1);
        // After a refusal, workers start one by one. All at once would be refused again.
        return TimeSpan.FromTicks(s_step.Ticks * Math.Max(steps, Math.Min(_rejections, MostSteps)));
    }

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
