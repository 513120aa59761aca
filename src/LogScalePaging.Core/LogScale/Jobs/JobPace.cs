namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// How long jobs of one query take, learned as they finish, so that the first poll of the next one comes when it is done and not
/// before: each extra poll cycle is most of a page's time, and polling early is rude. What the server says of its own running time is
/// taken as a hint: some go on counting after they are done. Safe for many threads.
/// </summary>
public sealed class JobPace
{
    /// <summary>The longest first wait: a job that nobody asks for dies, on some versions after 30 s.</summary>
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

    /// <summary>A job was done at its first poll.</summary>
    /// <param name="waited">How long was waited before it.</param>
    /// <param name="runtime">How long the server says that the query ran.</param>
    /// <param name="roundTrip">How long the poll took: part of the job's time passes on the way.</param>
    public void DoneAtOnce(TimeSpan waited, TimeSpan? runtime, TimeSpan roundTrip)
    {
        // Half of the way has passed when the server looks.
        var needed = runtime is { } ran ? Math.Max(0, ran.TotalMilliseconds - (roundTrip.TotalMilliseconds / 2)) : waited.TotalMilliseconds * 0.9;
        // As old as the job itself: it was done in that moment, or its clock did not stop when it was. The second shows by happening again.
        var doubtful = runtime > waited + TimeSpan.FromTicks(roundTrip.Ticks / 4 * 3);
        Learn(Math.Min(waited.TotalMilliseconds, needed), doubtful);
    }

    /// <summary>A job was not done at its first poll, and took this long to be.</summary>
    /// <param name="waited">How long was waited before the first poll.</param>
    /// <param name="runtime">How long the server says that the query ran.</param>
    /// <param name="untilDone">Time from the create answer to the poll that found it done.</param>
    public void DoneLater(TimeSpan waited, TimeSpan? runtime, TimeSpan untilDone)
    {
        var bound = untilDone.TotalMilliseconds;
        var needed = runtime is { } ran ? Math.Min(ran.TotalMilliseconds, bound) : bound / 2;
        // All that is sure then is that the first poll was too early.
        if (waited > TimeSpan.Zero && needed > bound * 0.9)
            needed = Math.Min(needed, waited.TotalMilliseconds * 2);
        Learn(Math.Max(waited.TotalMilliseconds, needed) + 2, doubtful: false);
        lock (_gate)
            _tooEarly = waited.TotalMilliseconds;
    }

    // Not to where it was too early a few jobs ago.
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
                // Up at once, down slowly: a poll too early costs a whole pollAfter.
                _milliseconds = _milliseconds < 0 || milliseconds > _milliseconds ? milliseconds : (_milliseconds * (1 - Weight)) + (milliseconds * Weight);
        }
    }
}
