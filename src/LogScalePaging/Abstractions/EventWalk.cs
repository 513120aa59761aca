using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>Walks a search for a cmdlet that puts its events onto the pipeline.</summary>
internal static class EventWalk
{
    /// <summary>Walks a search to its end, past the buffer, and hands on each page on the pipeline thread.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="connection">Where to search.</param>
    /// <param name="spec">What to search.</param>
    /// <param name="take">Takes a page. Here a slow reader holds up the walk, and here a stop comes in.</param>
    /// <param name="finished">Told what it came to, however it ends.</param>
    /// <returns>What it came to.</returns>
    public static QueryJobSummary Walk(this LogScaleCommandBase command, SearchConnection connection, SearchRequest spec, Action<Page<EventRecord>> take, Action<QueryJobSummary> finished)
    {
        QueryJobSummary? summary = null;
        Exception? failure = null;
        var progress = command.Voice.Progress($"Query {spec.Query}", spec.MaxEvents);
        var search = connection.Open(spec, command.Signals, progress.Note);
        Checkpoint? checkpoint = null;
        try
        {
            command.Run(token => EachPageAsync(search, token), page =>
            {
                take(page);
                checkpoint = page.Next;
            });
            var verdict = command.Run(search.JudgeAsync);
            summary = Summarize(command.Voice, search, verdict, null);
            return summary;
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e) && !command.Stopping && search.Received > 0)
        {
            summary = Summarize(command.Voice, search, search.JudgeBroken(e.Message), (e as PagingException)?.Checkpoint ?? checkpoint);
            command.Voice.Finish();
            command.Fail(ErrorRecords.Broken(e, summary));
            return summary;
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e) && !command.Stopping)
        {
            failure = e;
            throw;
        }
        finally
        {
            LogScaleCommandBase.CleanUp(search);
            finished(summary ?? Summarize(command.Voice, search, search.JudgeBroken(failure?.Message ?? "the pipeline was stopped"), checkpoint));
        }
    }

    private static IAsyncEnumerable<Page<EventRecord>> EachPageAsync(ISearch search, CancellationToken cancellationToken) =>
        // One page ahead: the next job runs while the pipeline works on this page.
        PageStream.Prefetch(token => search.PagesAsync(null, token), 1, cancellationToken);

    private static QueryJobSummary Summarize(CommandVoice voice, ISearch search, Completeness verdict, Checkpoint? checkpoint) =>
        new(search, verdict, voice.Elapsed, [.. voice.Signals.Warnings.Select(w => w.Message)], checkpoint);
}
