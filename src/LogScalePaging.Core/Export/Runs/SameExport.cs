using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.State;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Runs;

/// <summary>Checks that a resumed export is the same as the one that was started. The store compares its format and fields.</summary>
internal static class SameExport
{
    /// <param name="state">The saved state of the first run.</param>
    /// <param name="request">The request of this run.</param>
    /// <param name="asked">Its query, server and range for checkpoints, with the host of the account's cloud.</param>
    /// <param name="search">The search that will continue.</param>
    /// <exception cref="CheckpointMismatchException">It is another export.</exception>
    /// <exception cref="ExportException">It is the same export, but its saved windows cannot be used.</exception>
    public static void Ensure(ExportState state, ExportRequest request, WalkIdentity asked, ISearch search)
    {
        // The first run pinned a relative range, so the same text means the same range.
        var unit = RecordTime.PerMillisecond(state.Schema.TimeUnit);
        var range = asked with
        {
            RangeStart = request.Search.Range.Start.Milliseconds * unit,
            RangeEnd = request.Search.Range.End.Milliseconds * unit
        };
        new Checkpoint
        {
            // A state has had a newer layout than a checkpoint since it has a schema.
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
