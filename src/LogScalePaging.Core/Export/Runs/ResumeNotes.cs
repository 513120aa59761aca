using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;
using LogScalePaging.Search.Ranges;

namespace LogScalePaging.Export.Runs;

/// <summary>Values that a resumption by path needs in addition to the checkpoint's own entries. They are kept in its notes.</summary>
internal static class ResumeNotes
{
    private const string TimeZone = "timeZone";
    private const string Compress = "compress";
    private const string Schedule = "watermark";
    private const string Start = "start";
    private const string End = "end";

    /// <summary>The notes of a run.</summary>
    public static Dictionary<string, string> Of(ExportRequest request)
    {
        var notes = request.Search.ToNotes().ToDictionary(n => n.Key, n => n.Value);
        if (request.Step is { } step)
            notes[Schedule] = step.WatermarkPath;
        notes[Compress] = request.Target.Compress ? "true" : "false";
        notes[Start] = request.Search.Range.Start.ToString();
        notes[End] = request.Search.Range.End.ToString();
        return notes;
    }

    /// <summary>The time zone of a run. Functions such as <c>time:hour()</c> depend on it.</summary>
    public static string Zone(ExportState state) => state.Notes.TryGetValue(TimeZone, out var zone) ? zone : "none";

    /// <summary>How the output of a run is compressed.</summary>
    public static string Compression(ExportState state) => IsCompressed(state) ? "gzip" : "none";

    /// <summary>
    /// Checks that a step of a schedule is continued by its schedule only. Another run would not leave out the records of earlier outputs.
    /// </summary>
    /// <exception cref="ExportException">The run belongs to a schedule.</exception>
    public static void EnsureMayContinue(ExportState state, ExportRequest request)
    {
        EnsureNoMerge(state, request.Target.Path);
        if (request.Step is null && state.Notes.TryGetValue(Schedule, out var watermark))
            throw new ExportException(ExportErrorKind.NothingToResume, request.Target.Path,
                $"The unfinished export to '{request.Target.Path}' is a step of the schedule "
                + $"with the watermark file '{Common.Printable.Line(watermark)}'. Run the command with this watermark file again. It "
                + $"continues the step.");
    }

    /// <summary>
    /// Checks that a relative range is the one of the first run. With another range, the run would silently keep the saved one.
    /// </summary>
    /// <exception cref="CheckpointMismatchException">The ranges differ.</exception>
    public static void EnsureSameWords(ExportState state, RequestedRange asked)
    {
        Compare(Start, asked.Start);
        Compare(End, asked.End);

        void Compare(string name, RequestedTime time)
        {
            // An absolute time is compared with the pinned range. A checkpoint of an older version does not have the user's text.
            if (time.Words is { } words && state.Notes.TryGetValue(name, out var saved) && saved != words)
                throw new CheckpointMismatchException(name, saved, words);
        }
    }

    /// <summary>The request that continues a run.</summary>
    /// <param name="state">The run.</param>
    /// <param name="outputPath">Its output.</param>
    /// <param name="restore">Makes the search of a system; see <c>Systems.Restore</c>.</param>
    /// <exception cref="ExportException">Nothing was read before the run broke off, or the checkpoint cannot be used.</exception>
    public static ExportRequest Request(ExportState state, string outputPath, Func<SavedSearch, SearchRequest> restore)
    {
        EnsureNoMerge(state, outputPath);
        // Before the first answer, nothing was pinned or read. Some endpoints have no range.
        if (state is { Identity: { RangeStart: null } or { RangeEnd: null }, Lanes.Count: 0 })
            throw new ExportException(ExportErrorKind.NothingToResume, outputPath,
                $"The export to '{outputPath}' broke off before the server answered, so there is nothing to resume. "
                    + "Use -Force (--force) to start again.");
        return new ExportRequest(Restored(state, outputPath, restore), new ExportTarget
        {
            Path = outputPath,
            Format = state.Format,
            Property = state.Property,
            ExcludeProperty = state.ExcludeProperty,
            MaxFileSize = state.MaxFileSize,
            MaxFileEvents = state.MaxFileEvents,
            Compress = IsCompressed(state),
            Bom = state.Bom,
            TimestampFormat = state.TimestampFormat,
        })
        { Resume = true, NoOperator = RunNotes.IsWithoutOperator(state) };
    }

    // Its parts are rows of slices, possibly without some fields. Records of the server must not be added to them.
    private static void EnsureNoMerge(ExportState state, string outputPath)
    {
        if (state.Strategy == MergedManifest.Strategy)
            throw new ExportException(ExportErrorKind.NothingToResume, outputPath,
                $"The unfinished output '{outputPath}' is a merge of slices, not an export. Run the merge again. It continues.");
    }

    private static SearchRequest Restored(ExportState state, string outputPath, Func<SavedSearch, SearchRequest> restore)
    {
        try
        {
            return restore(new SavedSearch(state.Identity, state.Notes) { MaxEvents = state.MaxEvents });
        }
        catch (FormatException e)
        {
            throw CheckpointFile.Damaged(new PartialFolder(outputPath + ExportTarget.PartialEnding).CheckpointPath, e);
        }
    }

    private static bool IsCompressed(ExportState state) => state.Notes.TryGetValue(Compress, out var value) && value == "true";
}
