using System.Threading.Channels;

namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>
/// The system's clock, whose timestamps a test can move forward. Timers that are then due fire inside <see cref="Leap"/>, except those that
/// were started with a time of at most <paramref name="ordinary"/>: waits and watchdogs, which go on as if no time had passed.
/// </summary>
internal sealed class LeapingTimeProvider(TimeSpan ordinary) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly Channel<bool> _started = Channel.CreateUnbounded<bool>();
    private long _offset;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _offset);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, System.CreateTimer(callback, state, dueTime, period), () => callback(state));
        timer.Note(dueTime);
        return timer;
    }

    /// <summary>Waits until code under test has started a timer that only a leap ends, and for which no call has waited yet.</summary>
    public Task LongTimerStartedAsync() => _started.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Moves the clock forward.</summary>
    public void Leap(TimeSpan time)
    {
        Interlocked.Add(ref _offset, (long)(time.TotalSeconds * TimestampFrequency));
        List<Timer> due;
        lock (_gate)
            due = [.. _timers.Where(t => GetElapsedTime(t.Due) >= TimeSpan.Zero)];
        foreach (var timer in due)
            timer.Fire();
    }

    private sealed class Timer(LeapingTimeProvider clock, ITimer inner, Action fire) : ITimer
    {
        public long Due { get; private set; }

        public void Note(TimeSpan dueTime)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime <= clock.Ordinary)
                    return;
                Due = clock.GetTimestamp() + (long)(dueTime.TotalSeconds * clock.TimestampFrequency);
                clock._timers.Add(this);
            }
            clock._started.Writer.TryWrite(true);
        }

        public void Fire()
        {
            Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Note(dueTime);
            return inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Note(Timeout.InfiniteTimeSpan);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }

    private TimeSpan Ordinary => ordinary;
}
