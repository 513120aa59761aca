using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.State;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export;

/// <summary>Makes sure that an export which is resumed is the one that was begun. Its format and fields are the store's to compare.</summary>
internal static class SameExport
{
    /// <param name="state">The state as the first run saved it.</param>
    /// <param name="request">What is asked now.</param>
    /// <param name="asked">The same for checkpoints, with the server that was found.</param>
    /// <param name="search">The search that goes on.</param>
    /// <exception cref="CheckpointMismatchException">It is another.</exception>
    /// <exception cref="ExportException">It is, but what was saved of its windows cannot be used.</exception>
    public static void Ensure(ExportState state, ExportRequest request, WalkIdentity asked, ISearch search)
    {
        // A relative range was pinned by the first run: the same words mean the same range again.
        var unit = RecordTime.PerMillisecond(state.Schema.TimeUnit);
        var range = asked with { RangeStart = request.Search.Range.Start.Milliseconds * unit, RangeEnd = request.Search.Range.End.Milliseconds * unit };
        new Checkpoint
        {
            // The layouts of both differ since states have a schema.
            Version = Math.Min(state.Version, Checkpoint.CurrentVersion),
            Strategy = state.Strategy,
            Identity = state.Identity,
            Position = PagePosition.Of()
        }.EnsureFits(state.Strategy, range);
        Compare("schema of the records", Printable.Line(state.Schema.ToString()), Printable.Line(search.Schema.ToString()));
        ResumeNotes.EnsureSameWords(state, request.Search.Range);
        Compare("compression", ResumeNotes.Compression(state), request.Target.Compress ? "gzip" : "none");
        Compare("time zone", ResumeNotes.Zone(state), request.Search.TimeZone ?? "none");
        Compare($"limit of {state.Schema.Nouns}", Limit(state.MaxEvents), Limit(request.Search.MaxEvents));
        LaneCheck.EnsureUsable(state, new PartialFolder(request.Target.PartialPath).CheckpointPath, search.EnsureCanContinue);
    }

    private static string Limit(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static void Compare(string what, string saved, string asked)
    {
        if (saved != asked)
            throw new CheckpointMismatchException(what, saved, asked);
    }
}
