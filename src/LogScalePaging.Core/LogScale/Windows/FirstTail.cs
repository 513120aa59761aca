using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Counting;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.LogScale.Windows;

/// <summary>
/// Runs the first job of a search with the largest <c>tail(N)</c> that the server accepts, so that one evaluation returns up to N rows.
/// Refused sizes cost a round trip and no scan. A result that contradicts itself is not used: the search then begins with a plain job.
/// </summary>
internal sealed class FirstTail(
    KnownBuffers buffers, QueryJobRunner runner, PinnedRange range, SearchSpec spec, QueryTraits traits, SearchEvidence evidence,
    SignalLog signals)
{
    // A plain job returns as many rows.
    private const int PlainRows = 200;
    private const int Tries = 2;

    /// <summary>True if a search begins with such a job.</summary>
    public static bool IsFirst(SearchSpec spec, QueryTraits traits) =>
        spec.Strategy == SearchStrategy.Auto && traits is { Cutting.Allowed: true, WritesTimestamp: false }
            && !(spec.MaxEvents <= PlainRows);

    /// <summary>Runs the job.</summary>
    /// <param name="pace">How long such jobs take.</param>
    /// <param name="poll">Receives every poll answer.</param>
    /// <param name="created">Called when the server has accepted the job, which then runs.</param>
    /// <param name="keepsCut">True to keep a job open although its result may be cut.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its result; null if the server accepts no size, or if the answers cannot be used.</returns>
    /// <exception cref="ApiException">The server did not answer.</exception>
    /// <exception cref="JobLostException">The job was lost in every attempt.</exception>
    public async Task<FirstResult?> RunAsync(JobPace pace, Action<QueryResult> poll, Action created, bool keepsCut,
        CancellationToken cancellationToken)
    {
        foreach (var buffer in Candidates())
        {
            try
            {
                for (var attempt = 1; attempt <= Tries; attempt++)
                {
                    var result = await runner.WithJobAsync(
                        () => range.Job with { Query = buffer.Query(spec.Query) },
                        async (jobId, token) =>
                        {
                            created();
                            var first = new PollOptions { Offset = 0, Limit = WindowFetcher.Slice };
                            return Read(jobId, buffer, await runner.ReadAsync(jobId, first, pace, poll, token).ConfigureAwait(false));
                        },
                        existing: null, keep: r => r.Problem is null && (r.IsCut ? keepsCut : !r.HoldsAll),
                        cancellationToken).ConfigureAwait(false);
                    if (result.Problem is null)
                        return result;
                    signals.Verbose(SignalKind.AnswerReread, $"the answer of the first job is not used: {result.Problem}");
                }
                return null;
            }
            catch (ApiException e) when (e.Kind == ApiErrorKind.BadRequest)
            {
                signals.Verbose(SignalKind.BufferProbed, FormattableString.Invariant($"the server refuses tail({buffer.Capacity})"));
            }
            // A plain job has fewer rows. The jobs after it read as few rows at a time as necessary.
            catch (Exception e) when (AnswerLimitException.Of(e) is not null)
            {
                return null;
            }
        }
        return null;
    }

    private IEnumerable<ResultBuffer> Candidates()
    {
        var fields = FieldSelection.Of(spec.Fields);
        if (buffers.Find(range.Identity, fields) is { } known)
            return [Limited(known)];
        var largest = buffers.Largest(range.Identity.Repository);
        var sizes = BufferProbe.Sizes.Where(size => !(size > largest)).Select(size => Limited(new ResultBuffer(size, true, false)))
            .Distinct().ToList();
        // Fields are dropped if the server refuses them.
        return fields is null ? sizes : [.. sizes.Select(b => b with { Fields = fields }), .. sizes];
    }

    private ResultBuffer Limited(ResultBuffer buffer) =>
        spec.MaxEvents < buffer.Capacity ? buffer with { Capacity = (int)spec.MaxEvents } : buffer;

    private FirstResult Read(string jobId, ResultBuffer buffer, QueryResult sent)
    {
        var answer = TrustedAnswer.Of(sent, traits);
        evidence.Note(answer);
        var rows = answer.Events.Count;
        var total = answer.Metadata.EventCount ?? (rows < WindowFetcher.Slice ? rows : -1);
        var found = new FirstResult(jobId, answer, total, buffer);
        var order = AnswerOrders.Of(answer.Events, null);
        var isKnown = buffers.Find(range.Identity, buffer.Fields) is not null;
        var problem = !range.IsConfirmed ? range.Mismatch ?? "it does not say which range it searched"
            : RangeCheck.Mismatch(range.Job, answer) is { } mismatch ? mismatch
            : total < 0 ? "it does not say how many rows it has"
            : rows != total && rows != Math.Min(total, WindowFetcher.Slice) ? AnswerCheck.OtherCount(answer)
            // A server that ignores the requested page sends everything at once. Windows keep that small.
            : rows > WindowFetcher.OneBody ? FormattableString.Invariant($"it has {rows:N0} rows in one page")
            : AnswerCheck.RowsTwice(answer) is { } twice ? twice
            : order == AnswerOrder.Unknown && !isKnown ? "its events are of one instant, so the order of the server is not known"
            : null;
        if (problem is not null)
            return found with { Problem = problem };
        if (order != AnswerOrder.Unknown && rows > 1)
            buffer = buffer with { OldestFirst = order == AnswerOrder.OldestFirst };
        signals.Verbose(SignalKind.BufferProbed, FormattableString.Invariant(
            $"the server accepts tail({buffer.Capacity}){(buffer.OldestFirst ? ", oldest first" : "")}"));
        // The buffer of a limited search is no larger than the limit.
        if (!(spec.MaxEvents <= buffer.Capacity))
            WindowPlanning.Keep(buffers, range.Identity, answer.Events, buffer.Fields, buffer);
        var isEnough = total >= spec.MaxEvents;
        return found with
        {
            Buffer = buffer,
            IsCut = !isEnough && (answer.Metadata.HasMoreEvents == true || total >= buffer.Capacity),
            Answer = answer with { Metadata = answer.Metadata with { HasMoreEvents = isEnough ? false : answer.Metadata.HasMoreEvents } },
        };
    }
}

/// <summary>The result of a first job with <c>tail(N)</c>.</summary>
/// <param name="JobId">The job. It exists only if its rows are still needed.</param>
/// <param name="Answer">The first slice of its rows, in the server's order.</param>
/// <param name="Total">Rows of the job.</param>
/// <param name="Buffer">The buffer that the server accepted.</param>
internal sealed record FirstResult(string JobId, QueryResult Answer, long Total, ResultBuffer Buffer)
{
    /// <summary>Why the answer cannot be used; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>True if more events may match than the job has rows.</summary>
    public bool IsCut { get; init; }

    /// <summary>True if the answer has all rows of the job.</summary>
    public bool HoldsAll => Answer.Events.Count == Total;

    /// <summary>The answer for a strategy, newest event first.</summary>
    /// <param name="hasMore">Whether more events match.</param>
    public QueryResult Sorted(bool hasMore) => Answer with
    {
        Events = AnswerOrders.NewestFirst(Answer.Events, Buffer.OldestFirst ? AnswerOrder.OldestFirst : AnswerOrder.NewestFirst),
        Metadata = Answer.Metadata with { HasMoreEvents = hasMore },
    };
}
