namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Learns how long jobs of one query take, so that the first poll of the next job is sent when the job is done. An extra poll takes most
/// of a page's time, and early polls burden the server. The running time that the server reports is only a hint, because some servers go
/// on counting after the job is done. Safe for many threads.
/// </summary>
internal sealed class JobPace
{
    /// <summary>The longest first wait: on some versions a job expires after 30 s without a poll.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const double Weight = 0.3;
    private const int DoubtsBeforeHalving = 4;
    private readonly object _gate = new();
    private double _milliseconds = -1;
    private int _doubts;
    private double _tooEarly;

    /// <summary>How long to wait between the answer to a create request and the first poll.</summary>
    public TimeSpan FirstWait
    {
        get
        {
            lock (_gate)
                return TimeSpan.FromMilliseconds(Math.Min(Math.Max(0, _milliseconds), Longest.TotalMilliseconds));
        }
    }

    /// <summary>Records a job that was done at its first poll.</summary>
    /// <param name="waited">The wait before it.</param>
    /// <param name="runtime">How long the query ran, according to the server.</param>
    /// <param name="roundTrip">Duration of the poll. A part of the job's time passes while the poll is on its way.</param>
    public void DoneAtOnce(TimeSpan waited, TimeSpan? runtime, TimeSpan roundTrip)
    {
        // The poll reaches the server after half of the round trip.
        var needed = runtime is { } ran
            ? Math.Max(0, ran.TotalMilliseconds - (roundTrip.TotalMilliseconds / 2))
            : waited.TotalMilliseconds * 0.9;
        // If the running time equals the age of the job, the job was done at that moment, or its clock did not stop when it was done. In
        // the second case, this happens with every job.
        var doubtful = runtime > waited + TimeSpan.FromTicks(roundTrip.Ticks / 4 * 3);
        Learn(Math.Min(waited.TotalMilliseconds, needed), doubtful);
    }

    /// <summary>Records a job that was not done at its first poll.</summary>
    /// <param name="waited">How long was waited before the first poll.</param>
    /// <param name="runtime">How long the query ran, according to the server.</param>
    /// <param name="untilDone">Time from the create answer to the poll that found it done.</param>
    public void DoneLater(TimeSpan waited, TimeSpan? runtime, TimeSpan untilDone)
    {
        var bound = untilDone.TotalMilliseconds;
        var needed = runtime is { } ran ? Math.Min(ran.TotalMilliseconds, bound) : bound / 2;
        // It is only certain that the first poll was too early.
        if (waited > TimeSpan.Zero && needed > bound * 0.9)
            needed = Math.Min(needed, waited.TotalMilliseconds * 2);
        Learn(Math.Max(waited.TotalMilliseconds, needed) + 2, doubtful: false);
        lock (_gate)
            _tooEarly = waited.TotalMilliseconds;
    }

    // Don't go below a wait that was recently too short.
    private void Halve()
    {
        _doubts = 0;
        if (_milliseconds / 2 > _tooEarly * 1.5)
            _milliseconds /= 2;
        else
            _tooEarly *= 0.9;
    }

    private void Learn(double milliseconds, bool doubtful)
    {
        lock (_gate)
        {
            _doubts = doubtful ? _doubts + 1 : 0;
            if (_doubts >= DoubtsBeforeHalving)
                Halve();
            else
                // Go up at once and down slowly: a poll that is too early costs a whole pollAfter.
                _milliseconds = _milliseconds < 0 || milliseconds > _milliseconds
                    ? milliseconds
                    : (_milliseconds * (1 - Weight)) + (milliseconds * Weight);
        }
    }
}
