namespace LogScalePaging.EndToEnd.Tests.Support;

/// <summary>A clock whose time of day can be set, as by a laptop that slept, and whose other measures go on as they were.</summary>
/// <param name="inner">The clock that it follows.</param>
internal sealed class ShiftedTimeProvider(TimeProvider inner) : TimeProvider
{
    private long _shift;

    /// <summary>How far it is ahead of the other.</summary>
    public TimeSpan Shift
    {
        get => new(Interlocked.Read(ref _shift));
        set => Interlocked.Exchange(ref _shift, value.Ticks);
    }

    /// <summary>Whether what is measured as elapsed jumps too, as it does on some systems.</summary>
    public bool ShiftsElapsed { get; init; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp() => inner.GetTimestamp() + (ShiftsElapsed ? (long)(Shift.TotalSeconds * TimestampFrequency) : 0);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Shift;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
