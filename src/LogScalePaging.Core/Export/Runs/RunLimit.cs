using LogScalePaging.Common;

namespace LogScalePaging.Export.Runs;

/// <summary>
/// The time limit of a run. When the time has passed, its token is cancelled, as an interruption by the user would do it: no page or window
/// is begun, the jobs on the server are deleted, and the saved records stay.
/// </summary>
internal sealed class RunLimit : IDisposable
{
    /// <summary>The shortest limit.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>The longest limit. A timer cannot wait much longer.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(30);

    private readonly TimeSpan? _most;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _used;
    private readonly CancellationToken _user;
    private readonly CancellationTokenSource _stop;
    private readonly ITimer? _timer;
    private readonly object _gate = new();
    private bool _disposed;
    private volatile bool _hasPassed;

    /// <param name="most">The limit; null for none.</param>
    /// <param name="time">The clock. Its timestamps measure the time, so that a change of the system's date has no effect.</param>
    /// <param name="started">Timestamp of the run's start.</param>
    /// <param name="used">How much of the time had passed before the start.</param>
    /// <param name="user">Cancelled when the user interrupts the run.</param>
    public RunLimit(TimeSpan? most, TimeProvider time, long started, TimeSpan used, CancellationToken user)
    {
        (_most, _time, _started, _used, _user) = (most, time, started, used, user);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(user);
        if (most is null)
            return;
        _timer = time.CreateTimer(static limit => ((RunLimit)limit!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Look();
    }

    /// <summary>Cancelled when the time has passed, or when the user interrupts the run.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether a failure of the run is the effect of this limit. An interruption by the user comes first.</summary>
    public bool Ended(Exception? failure) => failure is OperationCanceledException && _hasPassed && !_user.IsCancellationRequested;

    /// <summary>Why the run ended.</summary>
    public string Reason => $"the run was stopped after {Duration.Text(_most!.Value)}, the time given by -StopAfter (--stop-after)";

    /// <summary>Checks a limit that a user gave.</summary>
    /// <exception cref="FormatException">It is too short or too long.</exception>
    public static TimeSpan Checked(TimeSpan most) => most >= Least && most <= Most
        ? most
        : throw new FormatException($"The time must be from {Duration.Text(Least)} to {Duration.Text(Most)}.");

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
        _stop.Dispose();
    }

    // A timer may fire early by some milliseconds. The timestamps decide.
    private void Look()
    {
        var left = _most!.Value - _used - _time.GetElapsedTime(_started);
        lock (_gate)
        {
            if (_disposed)
                return;
            if (left > TimeSpan.Zero)
            {
                _timer!.Change(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, Timeout.InfiniteTimeSpan);
                return;
            }
            _hasPassed = true;
        }
        _stop.TryCancel();
    }
}
