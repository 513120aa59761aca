using LogScalePaging.Common;
using LogScalePaging.Events;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Commands;

/// <summary>Runs a search for a cmdlet that emits its records.</summary>
internal static class EventWalk
{
    // With one part, the threads would wait for each other at every part. More parts are old garbage before they are used.
    private const int PartsAhead = 8;

    /// <summary>Runs a search to its end, past the buffer, and passes each page on in the pipeline thread.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="spec">The search.</param>
    /// <param name="reader">
    /// From the search, makes what gets the pages. A slow reader delays the walk, and a stop is noticed there.
    /// </param>
    /// <param name="finished">Gets the summary, in every case.</param>
    /// <param name="tenant">The child tenant of the connection, for progress and errors; null for none.</param>
    /// <returns>The summary.</returns>
    public static QueryJobSummary Walk(
        this LogScaleCommandBase command, SearchConnection connection, SearchRequest spec, Func<ISearch, PageReader> reader,
        Action<QueryJobSummary> finished, WalkedTenant? tenant = null)
    {
        QueryJobSummary? summary = null;
        Exception? failure = null;
        var progress = command.Voice.Progress(
            $"Query {Printable.Line(spec.Title)}{(tenant is null ? "" : $" ({tenant.Place})")}", spec.MaxEvents);
        var search = connection.Open(spec, command.Signals, progress.Note);
        var pages = reader(search);
        Checkpoint? checkpoint = null;
        // What the search has read ahead is not among them.
        var passedOn = 0L;
        PagePart? current = null;
        try
        {
            command.Run(token => EachPartAsync(search, pages.Objects, token), part =>
            {
                // The reader of the last events may take its time, and nothing is in progress then.
                if (part.Page.Info.End is not null || progress.IsDone)
                    command.Voice.Finish();
                current = part;
                pages.Take(part);
                (current, passedOn) = (null, passedOn + part.Count);
                if (part.IsLast)
                    checkpoint = part.Page.Next;
            });
            pages.Ended?.Invoke();
            var verdict = command.Run(search.JudgeAsync);
            summary = Summarize(command.Voice, search, verdict, null);
            return summary;
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e) && !command.Stopping && search.Received > 0)
        {
            summary = Summarize(command.Voice, search, JudgeBroken(e.Message), (e as PagingException)?.Checkpoint ?? checkpoint,
                isBroken: true);
            command.Voice.Finish();
            var error = ErrorRecords.Broken(e, summary, ConnectableSystem.Of(spec.System).ExportCmdlet);
            command.Fail(tenant is null ? error : TenantTally.Named(tenant.Cid, error));
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
            finished(summary
                ?? Summarize(command.Voice, search, JudgeBroken(failure?.Message ?? "the pipeline was stopped"), checkpoint));
        }

        Completeness JudgeBroken(string why) => Completeness.Broken(
            search.JudgeBroken(why).ExpectedBefore, passedOn + (current?.PassedOn ?? 0), why, spec.MaxEvents);
    }

    // Three things happen at once: the pipeline processes a page, the objects of the next one are made, and the job after it runs.
    private static IAsyncEnumerable<PagePart> EachPartAsync(ISearch search, ObjectsAhead? objects, CancellationToken cancellationToken) =>
        objects is null
            ? PageStream.Prefetch(token => PartsAsync(search.PagesAsync(null, token)), cancellationToken: cancellationToken)
            : PageStream.Prefetch(
                token => objects.PartsAsync(
                    PageStream.Prefetch(inner => search.PagesAsync(null, inner), cancellationToken: token), token),
                PartsAhead, part => part.IsLast, cancellationToken);

    private static async IAsyncEnumerable<PagePart> PartsAsync(IAsyncEnumerable<Page<Record>> pages)
    {
        await foreach (var page in pages.ConfigureAwait(false))
            yield return PagePart.Whole(page);
    }

    private static QueryJobSummary Summarize(
        CommandVoice voice, ISearch search, Completeness verdict, Checkpoint? checkpoint, bool isBroken = false) =>
        new(search, verdict, voice, checkpoint) { IsBroken = isBroken };
}
