using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale;

/// <summary>Finds events by their ingest time.</summary>
/// <param name="connection">The server.</param>
/// <param name="spec">The search. Its range is replaced.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class LogScaleArrivals(LogScaleSearchConnection connection, SearchSpec spec, SignalLog signals) : IArrivalSource
{
    // The first answer to a filter query has 200 events.
    private const int Sample = 200;
    // More late events are read faster with the events around them.
    private const int Most = 20_000;
    // An event whose ingest time is rounded down can look up to a second older.
    private const long Rounding = 1_000;

    // Events that arrive during the run must be found too.
    private static readonly long s_ahead = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <inheritdoc/>
    public async Task<bool?> ProbeAsync(long start, long end, CancellationToken cancellationToken)
    {
        List<(string Id, long Time, long Arrived)> sample = [];
        var (rows, oldest) = (0, long.MaxValue);
        var search = Open(spec with { Start = QueryTime.At(start), End = QueryTime.At(end), MaxEvents = Sample, NoVerify = true });
        await using (search.ConfigureAwait(false))
        {
            await foreach (var page in search.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            {
                foreach (var row in page.Items)
                {
                    (rows, oldest) = (rows + 1, Math.Min(oldest, row.Timestamp ?? start));
                    if (row is { HasId: true, Timestamp: { } time } && ArrivalProbe.TimeOf(in row) is { } arrived)
                        sample.Add((row.Id!, time, arrived));
                }
            }
        }
        if (sample.Count == 0)
            return rows == 0 ? null : false;
        // The sample has some events of its oldest millisecond, and perhaps not all.
        if (ArrivalProbe.Choose(sample, rows < Sample ? start : oldest + 1) is not { } probe)
            return null;
        HashSet<string> ids = new(StringComparer.Ordinal);
        var answer = await FindAsync(probe.Start, probe.Since, probe.Since, row => ids.Add(row.Id ?? ""), cancellationToken)
            .ConfigureAwait(false);
        return answer switch
        {
            ArrivalAnswer.Wrong => false,
            ArrivalAnswer.Found => probe.Fits(ids),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public async Task<ArrivalAnswer> FindAsync(long start, long end, long since, Action<Record> take, CancellationToken cancellationToken)
    {
        var until = connection.Transport.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var search = Open(spec with
        {
            Start = QueryTime.At(start),
            End = QueryTime.At(end),
            MaxEvents = Most,
            Arrived = new ArrivalRange(since, Math.Max(until, end) + s_ahead),
        });
        await using var _ = search.ConfigureAwait(false);
        try
        {
            await foreach (var page in search.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            {
                foreach (var row in page.Items)
                {
                    if (!(row.Timestamp >= start && row.Timestamp <= end && ArrivalProbe.TimeOf(in row) >= since - Rounding))
                        return ArrivalAnswer.Wrong;
                    take(row);
                }
            }
            var verdict = await search.JudgeAsync(cancellationToken).ConfigureAwait(false);
            return verdict.State == CompletenessState.Complete && search.Received < Most ? ArrivalAnswer.Found : ArrivalAnswer.NotProven;
        }
        catch (PagingException e) when (e.InnerException is ApiException { Kind: ApiErrorKind.BadRequest })
        {
            return ArrivalAnswer.Wrong;
        }
    }

    // These answers are no results. What is odd about them is not a warning about the export.
    private LogScaleSearch Open(SearchSpec asked)
    {
        var quiet = new SignalLog(connection.Transport.Time);
        quiet.Emitted += signal => signals.Verbose(signal.Kind, signal.Message, signal.Count);
        return new LogScaleSearch(connection, asked, quiet);
    }
}
