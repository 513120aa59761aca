using LogScalePaging.Diagnostics;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Jobs;

/// <summary>
/// Reads pages with one job each: the job is created, read, and deleted in the background while the next one is created. An answer that
/// contradicts itself is requested again. If the contradiction stays, the answer is used, and the verdict records it.
/// </summary>
internal sealed class JobPerPage(
    QueryJobRunner runner, JobPace pace, SearchEvidence evidence, SignalLog signals, Action<QueryResult>? progress = null,
    QueryResult? first = null)
    : IPageSource<QueryJobSpec, QueryResult>
{
    private const int Tries = 3;
    private QueryResult? _first = first;
    // No source states what eventCount means in an around answer. It is compared only if it equals the number of rows in the first page.
    private bool? _countIsRows;

    public async Task<QueryResult> FetchAsync(QueryJobSpec request, CancellationToken cancellationToken)
    {
        // The first job may have run already, to pin the range.
        if (request.Around is null && Interlocked.Exchange(ref _first, null) is { } known)
            return known;
        var options = new PollOptions { Expected = request.Around is { } around ? around.Before + around.After : null };
        for (var attempt = 1; ; attempt++)
        {
            var answer = await runner.RunAsync(() => request, options, pace, progress, cancellationToken).ConfigureAwait(false);
            evidence.Note(answer);
            if (Contradiction(request, answer, isLast: attempt == Tries) is not { } contradiction)
                return answer;
            if (attempt == Tries)
            {
                evidence.Question(contradiction);
                return answer;
            }
            signals.Verbose(SignalKind.AnswerReread, $"a job is run again, because {contradiction}");
        }
    }

    private string? Contradiction(QueryJobSpec request, QueryResult answer, bool isLast)
    {
        if (request.Around is null)
            return AnswerCheck.Contradiction(answer);
        var differs = AnswerCheck.OtherCount(answer);
        if (differs is null || (isLast && _countIsRows is null))
            _countIsRows ??= differs is null;
        return (_countIsRows == false ? null : differs) ?? AnswerCheck.RowsTwice(answer);
    }
}
