using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Cql;
using LogScalePaging.LogScale.Jobs;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Counting;

/// <summary>
/// Runs the first job of a search until its answer agrees with itself, with the requested range, and with the count if it should be
/// complete. A wrong answer is usually right the next time. If it stays wrong, it is used, and the verdict records it.
/// </summary>
internal sealed class FirstAnswer(
    QueryJobRunner runner, PinnedRange range, RangeProof proof, QueryTraits traits, SearchEvidence evidence, SignalLog signals)
{
    private const int Tries = 3;

    /// <summary>Runs the job.</summary>
    /// <param name="pace">How long such jobs take.</param>
    /// <param name="poll">Receives every poll answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isPassedOn">Whether an answer is used before the range is counted; null if none is.</param>
    /// <exception cref="PagingException">The server refused the search, or searched another range.</exception>
    public async Task<QueryResult> GetAsync(
        JobPace pace, Action<QueryResult> poll, CancellationToken cancellationToken, Predicate<QueryResult>? isPassedOn = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await runner
                .WithJobAsync(() => range.Job, (jobId, token) => runner.ReadAsync(jobId, new PollOptions(), pace, poll, token),
                    cancellationToken)
                .AsPagingAsync().ConfigureAwait(false);
            answer = TrustedAnswer.Of(answer, traits);
            evidence.Note(answer);
            if (!range.IsConfirmed && attempt == Tries)
                throw NoRange(range.Mismatch);
            var why = range.IsConfirmed
                ? await ProblemAsync(answer, isPassedOn, cancellationToken).ConfigureAwait(false)
                : range.Mismatch ?? "it does not say which range it searched";
            if (why is null)
                return answer;
            if (attempt == Tries)
                return Taken(answer, why);
            signals.Verbose(SignalKind.AnswerReread, $"the first job is run again, because {why}");
            // Without this, two answers of the largest size could be in memory at once.
            answer = null;
        }
    }

    private async Task<string?> ProblemAsync(QueryResult answer, Predicate<QueryResult>? isPassedOn, CancellationToken cancellationToken)
    {
        if (AnswerCheck.Contradiction(answer) is { } contradiction)
            return contradiction;
        if (isPassedOn?.Invoke(answer) == true || answer.Metadata.IsAggregate || answer.Metadata.HasMoreEvents == true)
            return null;
        var expected = await proof.ConfirmedAsync(answer.Events.Count, isAll: true, cancellationToken).ConfigureAwait(false);
        if (answer.Events.Count > expected)
        {
            // The count ran in parallel or after it, so it cannot be smaller.
            proof.CountAgain();
            expected = await proof.ExpectedAsync(cancellationToken).ConfigureAwait(false);
        }
        return answer.Events.Count < expected
            ? FormattableString.Invariant($"an answer has {answer.Events.Count:N0} of {expected:N0} events, but says that it is complete")
            : null;
    }

    private QueryResult Taken(QueryResult answer, string why)
    {
        if (AnswerCheck.Contradiction(answer) is not null)
            evidence.Question(why);
        // An answer with fewer events than the count is not complete, even if it says so.
        return answer.Metadata is { IsAggregate: false, HasMoreEvents: not true } && answer.Events.Count > 0
            && answer.Events.Count < proof.ExpectedNow
            ? answer with { Metadata = answer.Metadata with { HasMoreEvents = true } }
            : answer;
    }

    private static PagingException NoRange(string? mismatch) => mismatch is null
        ? new PagingException(PagingErrorKind.RequestFailed, "The server did not say which absolute time range it searched, so the "
            + "range would move while it is read.")
        : new PagingException(PagingErrorKind.OtherRange, $"The server searched another time range: {mismatch}. Nothing was read. Check "
            + "the time range. If it is right, ask the server's support.");
}
