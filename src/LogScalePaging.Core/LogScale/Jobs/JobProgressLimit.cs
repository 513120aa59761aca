namespace LogScalePaging.LogScale.Jobs;

/// <summary>Cancels a job that is never done: one whose <c>workDone</c> has not grown for too long.</summary>
/// <param name="jobId">The job.</param>
/// <param name="limit">How long it may make no progress; an infinite time for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class JobProgressLimit(string jobId, TimeSpan limit, TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private long? _workDone;

    /// <summary>Checks an answer of a job that is not done.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="wait">How long the server asks to wait.</param>
    /// <returns>The same wait, but not past the limit.</returns>
    /// <exception cref="JobLostException">The limit has passed.</exception>
    public TimeSpan Shorten(QueryResult answer, TimeSpan wait)
    {
        if (limit == Timeout.InfiniteTimeSpan)
            return wait;
        if (answer.Metadata.WorkDone is { } done && !(done <= _workDone))
        {
            // The first answer only shows the progress up to now. It counts as growth only if work was done.
            if (_workDone is not null || done > 0)
                _since = time.GetTimestamp();
            _workDone = done;
        }
        var left = limit - time.GetElapsedTime(_since);
        if (left <= TimeSpan.Zero)
            throw Stalled(answer.Metadata);
        return wait < left ? wait : left;
    }

    private JobLostException Stalled(QueryMetadata metadata)
    {
        var work = (metadata.WorkDone, metadata.TotalWork) switch
        {
            ({ } done, { } total) => FormattableString.Invariant($" ({done:N0} of {total:N0} units of work are done)"),
            ({ } done, null) => FormattableString.Invariant($" ({done:N0} units of work are done)"),
            _ => "",
        };
        var stalled = FormattableString.Invariant(
            $"is not done and has made no progress for {limit.TotalSeconds:N0} s{work}, so it was cancelled.");
        return new JobLostException(jobId, $"{stalled} Use a shorter time range, or allow more time with -JobTimeoutSec (--job-timeout)")
        {
            TimedOut = true,
            IsFinal = true,
        };
    }
}
