namespace LogScalePaging.Core.Tests.Support;

/// <summary>
/// A clock that only tests move. With <see cref="SkipUpTo"/> a wait that short is over as soon as it begins, and the clock stands at its
/// end:
/// back-off takes no time and is still measured.
/// </summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<TimeSpan> _skipped = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Seen)> _watchers = [];
    private DateTimeOffset _now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The longest wait that is skipped; null for none.</summary>
    public TimeSpan? SkipUpTo { get; set; }

    /// <summary>The waits that were skipped, in order.</summary>
    public IReadOnlyList<TimeSpan> Skipped
    {
        get
        {
            lock (_gate)
                return [.. _skipped];
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and runs what falls due on this thread, in order.</summary>
    public void Advance(TimeSpan span) => AdvanceTo(GetUtcNow() + span);

    /// <summary>Ends when a timer of that length is armed.</summary>
    public Task ArmedAsync(TimeSpan due)
    {
        lock (_gate)
        {
            if (_armed.Exists(t => t.Length == due))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((due, seen));
            return seen.Task;
        }
    }

    private void AdvanceTo(DateTimeOffset end)
    {
        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = end > _now ? end : _now;
    }

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _armed.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is null)
                return null;
            _armed.Remove(next);
            _now = next.Due > _now ? next.Due : _now;
            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan due)
    {
        bool skip;
        DateTimeOffset until;
        lock (_gate)
        {
            _armed.Remove(timer);
            if (due < TimeSpan.Zero)
                return;
            (timer.Length, timer.Due) = (due, until = _now + due);
            _armed.Add(timer);
            foreach (var (_, seen) in _watchers.Where(w => w.Due == due))
                seen.TrySetResult();
            skip = due <= SkipUpTo;
            if (skip)
                _skipped.Add(due);
        }
        // Never inside the call that arms it: no real timer fires there.
        if (skip)
            ThreadPool.QueueUserWorkItem(_ => AdvanceTo(until));
    }

    private void Disarm(ManualTimer timer)
    {
        lock (_gate)
            _armed.Remove(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Length { get; set; }

        public DateTimeOffset Due { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => time.Disarm(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
