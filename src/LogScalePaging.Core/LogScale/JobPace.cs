namespace LogScalePaging.LogScale;

/// <summary>
/// How long jobs of one query take, learned as they finish, so that the first poll of the next one comes when it is done and not
/// before: each extra poll cycle is most of a page's time, and polling early is rude. Safe for many threads.
/// </summary>
public sealed class JobPace
{
    private const double Weight = 0.3;
    private readonly object _gate = new();
    private double _milliseconds = -1;

    /// <summary>How long to wait between the answer to a create request and the first poll.</summary>
    public TimeSpan FirstWait
    {
        get
        {
            lock (_gate)
                return TimeSpan.FromMilliseconds(Math.Max(0, _milliseconds));
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
        Learn(Math.Min(waited.TotalMilliseconds, needed));
    }

    /// <summary>A job was not done at its first poll, and took this long to be.</summary>
    /// <param name="waited">How long was waited before the first poll.</param>
    /// <param name="runtime">How long the server says that the query ran.</param>
    /// <param name="untilDone">Time from the create answer to the poll that found it done.</param>
    public void DoneLater(TimeSpan waited, TimeSpan? runtime, TimeSpan untilDone)
    {
        var bound = untilDone.TotalMilliseconds;
        Learn(Math.Max(waited.TotalMilliseconds, runtime is { } ran ? Math.Min(ran.TotalMilliseconds, bound) : bound / 2) + 2);
    }

    private void Learn(double milliseconds)
    {
        lock (_gate)
            // Up at once, down slowly: a poll too early costs a whole pollAfter.
            _milliseconds = _milliseconds < 0 || milliseconds > _milliseconds ? milliseconds : (_milliseconds * (1 - Weight)) + (milliseconds * Weight);
    }
}
