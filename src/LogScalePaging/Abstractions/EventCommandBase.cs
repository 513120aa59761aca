using System.Management.Automation;
using LogScalePaging.Events;
using LogScalePaging.LogScale;
using LogScalePaging.Paging;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that puts events onto the pipeline.</summary>
public abstract class EventCommandBase : ConnectedCommandBase
{
    private EventBuilder? _builder;

    /// <summary>Events at the most, newest first.</summary>
    [Parameter]
    [Alias("MaxEvents")]
    [ValidateRange(1, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Fields to keep, in this order; a field that an event lacks is null.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string[]? Property { get; set; }

    private protected EventBuilder Builder => _builder ??= new EventBuilder(Property, Session.Fields);

    /// <summary>Puts the events of a page onto the pipeline. Here a slow reader holds up the walk, and here a stop comes in.</summary>
    private protected void Emit(IReadOnlyList<EventRecord> events)
    {
        foreach (var record in events)
            WriteObject(Builder.Build(in record));
    }

    /// <summary>Walks a search to its end, past the buffer, and hands on each page.</summary>
    /// <returns>What it came to.</returns>
    private protected QueryJobSummary Walk(LogScaleConnection connection, SearchSpec spec, string activity, Action<Page<EventRecord>> take, Action<QueryJobSummary> finished)
    {
        QueryJobSummary? summary = null;
        var search = new LogScaleSearch(connection.Engine, spec, Signals, progress => Voice.Note(activity, progress));
        Checkpoint? checkpoint = null;
        try
        {
            Run(token => EachPageAsync(search, token), page =>
            {
                take(page);
                checkpoint = page.Next;
            });
            var verdict = Run(search.JudgeAsync);
            summary = Summarize(search, verdict, null);
            return summary;
        }
        catch (Exception e) when (ErrorRecords.IsFailure(e) && !Stopping && search.Received > 0)
        {
            summary = Summarize(search, search.JudgeBroken(e.Message), (e as PagingException)?.Checkpoint ?? checkpoint);
            Voice.Finish();
            ThrowTerminatingError(ErrorRecords.Broken(e, summary));
            throw;
        }
        finally
        {
            CleanUp(search);
            finished(summary ?? Summarize(search, search.JudgeBroken("the pipeline wanted no more"), checkpoint));
        }
    }

    private static IAsyncEnumerable<Page<EventRecord>> EachPageAsync(LogScaleSearch search, CancellationToken cancellationToken) =>
        // One page ahead: the next job runs while the pipeline works on this page.
        PageStream.Prefetch(token => search.PagesAsync(null, token), 1, cancellationToken);

    private QueryJobSummary Summarize(LogScaleSearch search, Completeness verdict, Checkpoint? checkpoint) =>
        new(search, verdict, Voice.Elapsed, [.. Signals.Warnings.Select(w => w.Message)], checkpoint);
}
