using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Schedules;

/// <summary>
/// Decides how much of the look-back a step reads again: only the part from the oldest late record on, if the server finds late records by
/// the time of their arrival.
/// </summary>
/// <remarks>
/// The answer of the server is only a hint. A part is left out only if the server's count of the look-back is the number of records in
/// earlier outputs, plus the late ones that were found. A server that means something else by its ingest times can then cost time, and
/// cannot lose a record.
/// </remarks>
/// <param name="connection">The server.</param>
/// <param name="request">The search of the schedule.</param>
/// <param name="lag">How long records may take to arrive.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class LookbackCheck(SearchConnection connection, SearchRequest request, TimeSpan lag, SignalLog signals)
{
    private const int MostMisses = 3;

    // A record can become visible some time after the server has given it its time of arrival.
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(1);

    /// <summary>Where a step begins to read, in epoch milliseconds.</summary>
    /// <param name="file">The watermark file. What is found out about the server is saved in it.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> FromAsync(WatermarkFile file, PendingStep step, CancellationToken cancellationToken)
    {
        var state = file.State!;
        var (from, trust) = await FromAsync(state, step, cancellationToken).ConfigureAwait(false);
        if (trust != (state.Arrivals ?? new ArrivalTrust()))
            file.Save(state with { Arrivals = trust }, "arrivals");
        return from;
    }

    private async Task<(long From, ArrivalTrust Trust)> FromAsync(Watermark state, PendingStep step, CancellationToken cancellationToken)
    {
        var trust = state.Arrivals ?? new ArrivalTrust();
        if (step.From >= step.Start || request.NoVerify || trust.Works == false
            || step.At is not { } now || state.ReadAt is not { } readAt || readAt > now
            || connection.Arrivals(request, signals) is not { } source)
            return (step.From, trust);
        try
        {
            if (trust.Works is null)
            {
                trust = trust with { Works = await source.ProbeAsync(step.From, now, cancellationToken).ConfigureAwait(false) };
                Say(trust.Works switch
                {
                    true => "the server finds events by their ingest time",
                    false => "the server does not find events by their ingest time, so the look-back is always read again",
                    _ => "no events show yet whether the server finds events by their ingest time, so the look-back is read again",
                });
            }
            return trust.Works == true
                ? await FindAsync(source, state, step, readAt, trust, cancellationToken).ConfigureAwait(false)
                : (step.From, trust);
        }
        catch (PagingException e)
        {
            Say($"late events could not be found by their ingest time, so the look-back is read again: {Printable.Line(e.Message)}");
            return (step.From, trust);
        }
    }

    private async Task<(long From, ArrivalTrust Trust)> FindAsync(
        IArrivalSource source, Watermark state, PendingStep step, long readAt, ArrivalTrust trust, CancellationToken cancellationToken)
    {
        var rows = SeenRows.Parse(state.Rows);
        using var hash = new RowHash(Convert.FromBase64String(state.Key), state.Schema, step.From, step.End, mayMoveTimes: false);
        var (isKnown, late, oldest) = (rows.Begin(), 0L, step.Start);
        void Take(Record record)
        {
            var row = hash.Of(record.Utf8.Span);
            if (!isKnown(row))
                (late, oldest) = (late + 1, Math.Min(oldest, row.Time));
        }
        // The first count comes before the question: a record that arrives in between is found, and not counted.
        var before = await CountAsync(step, cancellationToken).ConfigureAwait(false);
        var since = readAt - (long)(lag + s_overlap).TotalMilliseconds;
        var answer = await source.FindAsync(step.From, step.Start, since, Take, cancellationToken).ConfigureAwait(false);
        if (answer == ArrivalAnswer.Wrong)
        {
            Say("the server sent events with another ingest time than requested, so the look-back is always read again");
            return (step.From, trust with { Works = false });
        }
        if (answer == ArrivalAnswer.NotProven)
            return (step.From, trust);
        // A server whose ranges include their end counts the records at the end too, and earlier outputs have them.
        var explained = rows.TimesBefore(step.Start + 1).LongCount() + late;
        var after = before == explained ? before : await CountAsync(step, cancellationToken).ConfigureAwait(false);
        if (before > explained)
        {
            var misses = trust.Misses + 1;
            Say(FormattableString.Invariant($"the server has {before:N0} events in the look-back, but {explained:N0} are known or were ")
                + $"found by their ingest time, so the look-back is read again{(misses < MostMisses ? "" : ", now and always")}");
            return (step.From, new ArrivalTrust(misses < MostMisses, misses));
        }
        if (after < explained)
        {
            Say("the server has fewer events in the look-back than before, so the look-back is read again");
            return (step.From, trust);
        }
        Say(FormattableString.Invariant($"{late:N0} late events were found by their ingest time, and the count of the look-back agrees; ")
            + "it is " + (oldest < step.Start ? $"read again from {UtcTime.Iso(oldest)}" : "not read again"));
        return (oldest, trust with { Misses = 0 });
    }

    // A count that the server questions can lack the late records that were not found.
    private async Task<long> CountAsync(PendingStep step, CancellationToken cancellationToken) =>
        (await RangeCount.TakeAsync(connection, request.Over(step.From, step.Start), signals, cancellationToken).ConfigureAwait(false))
            .Proven("the look-back");

    private void Say(string what) => signals.Verbose(SignalKind.StrategyChosen, what);
}
