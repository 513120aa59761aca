using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale;

/// <summary>
/// Finds a small range that has the wanted number of events before and after an event. The events are read from this range by an ordinary
/// search, because no source states what an <c>around</c> answer contains: whether it repeats the event, what happens if the query does not
/// match the event, and how many events it has at most.
/// </summary>
/// <param name="runner">Runs the jobs.</param>
/// <param name="job">The query over the largest possible range, which is absolute.</param>
/// <param name="anchor">The event.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class AnchorRange(QueryJobRunner runner, QueryJobSpec job, AroundAnchor anchor, SignalLog signals)
{
    private const long FirstStep = 1_000;
    private const int Factor = 4;

    private readonly EventCounter _counter = new(runner, signals);
    private readonly long _start = job.Start!.Milliseconds!.Value;
    private readonly long _end = job.End!.Milliseconds!.Value;

    /// <summary>The range. An end of it is the end of the largest range if there are fewer events on that side.</summary>
    public async Task<(long Start, long End)> FindAsync(CancellationToken cancellationToken)
    {
        var (older, newer) = Sides(await AroundAsync(cancellationToken).ConfigureAwait(false));
        var (oldest, newest) = (older.DefaultIfEmpty(anchor.Timestamp).Min(), newer.DefaultIfEmpty(anchor.Timestamp).Max());
        var start = anchor.Before == 0 ? anchor.Timestamp
            : older.Count >= anchor.Before ? oldest
            : await GrownAsync(isOlder: true, anchor.Timestamp - oldest, cancellationToken).ConfigureAwait(false);
        var end = anchor.After == 0 ? anchor.Timestamp
            : newer.Count >= anchor.After ? newest
            : await GrownAsync(isOlder: false, newest - anchor.Timestamp, cancellationToken).ConfigureAwait(false);
        // The server decides whether an end belongs to the range.
        return (Math.Max(_start, start), Math.Min(_end, end + 1));
    }

    private async Task<QueryResult?> AroundAsync(CancellationToken cancellationToken)
    {
        if (anchor is { Before: 0, After: 0 })
            return null;
        // One more on each side, because the event itself may take a place.
        var asked = job with { Around = anchor with { Before = anchor.Before + 1, After = anchor.After + 1 } };
        try
        {
            return await runner.RunAsync(() => asked, new JobPace(), null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or JobLostException)
        {
            // A server may refuse an event that the query does not match. The search reports any other problem.
            signals.Verbose(SignalKind.AnswerReread,
                $"the events around the event are counted, because the server did not list them: {signals.Clean(e.Message)}");
            return null;
        }
    }

    // The times of the older and newer events. Without the event itself, its instant counts as older.
    private (List<long> Older, List<long> Newer) Sides(QueryResult? answer)
    {
        var events = answer?.Events ?? [];
        var order = AnswerOrders.Of(events, anchor.EventId);
        var sorted = AnswerOrders.NewestFirst(events, order);
        var at = sorted.ToList().FindIndex(e => e.Id == anchor.EventId);
        var (older, newer) = (new List<long>(), new List<long>());
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i != at && sorted[i].Timestamp is { } time && time >= _start && time <= _end)
                (IsNewer(i, time) ? newer : older).Add(time);
        }
        return (older, newer);

        bool IsNewer(int i, long time) => at < 0 ? time > anchor.Timestamp : i < at;
    }

    // Grows the distance from the event until the count is large enough. The instant of the event is not counted, so the count is certain.
    private async Task<long> GrownAsync(bool isOlder, long distance, CancellationToken cancellationToken)
    {
        var wanted = isOlder ? anchor.Before : anchor.After;
        for (distance = Math.Max(FirstStep, distance * Factor); ; distance *= Factor)
        {
            var (from, to) = isOlder
                ? (anchor.Timestamp - distance, anchor.Timestamp - 1)
                : (anchor.Timestamp + 1, anchor.Timestamp + distance);
            if (from <= _start || to >= _end)
                return isOlder ? _start : _end;
            var counted = await _counter.CountAsync(job with { Start = QueryTime.At(from), End = QueryTime.At(to) },
                cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (counted is null || counted.Count >= wanted)
                return counted is null ? (isOlder ? _start : _end) : isOlder ? from : to;
        }
    }
}
