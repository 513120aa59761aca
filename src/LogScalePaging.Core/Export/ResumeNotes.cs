using System.Globalization;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Export;

/// <summary>What a resumption by path alone must know beside the checkpoint's own entries, kept among its free notes.</summary>
internal static class ResumeNotes
{
    private const string TimeZone = "timeZone";
    private const string AllowEventSkipping = "allowEventSkipping";
    private const string NoVerify = "noVerify";
    private const string PageSize = "pageSize";
    private const string Compress = "compress";
    private const string Start = "start";
    private const string End = "end";

    /// <summary>The notes of a run.</summary>
    public static Dictionary<string, string> Of(ExportRequest request)
    {
        var notes = new Dictionary<string, string>
        {
            [AllowEventSkipping] = Text(request.Search.AllowEventSkipping),
            [NoVerify] = Text(request.Search.NoVerify),
            [PageSize] = request.Search.PageSize.ToString(CultureInfo.InvariantCulture),
            [Compress] = Text(request.Target.Compress),
            [Start] = request.Search.Start.ToString(),
            [End] = request.Search.End.ToString(),
        };
        if (request.Search.TimeZone is { } zone)
            notes[TimeZone] = zone;
        return notes;
    }

    /// <summary>The time zone of a run: functions such as <c>time:hour()</c> give other values in another.</summary>
    public static string Zone(ExportState state) => state.Notes.TryGetValue(TimeZone, out var zone) ? zone : "none";

    /// <summary>How the output of a run is compressed.</summary>
    public static string Compression(ExportState state) => Flag(state.Notes, Compress) ? "gzip" : "none";

    /// <summary>Makes sure that a range that is asked for in words is the one that was begun: other words would get the saved range without a sign.</summary>
    /// <exception cref="Paging.CheckpointMismatchException">The words differ.</exception>
    public static void EnsureSameWords(ExportState state, SearchSpec asked)
    {
        Compare(Start, asked.Start);
        Compare(End, asked.End);

        void Compare(string name, QueryTime time)
        {
            // An absolute time is compared with what was pinned; a checkpoint of an older version has no words.
            if (time.Relative is { } words && state.Notes.TryGetValue(name, out var saved) && saved != words)
                throw new Paging.CheckpointMismatchException(name, saved, words);
        }
    }

    /// <summary>The request that goes on with a run.</summary>
    public static ExportRequest Request(ExportState state, string outputPath)
    {
        var notes = state.Notes;
        var search = new SearchSpec(state.Identity.Query)
        {
            // Before the first answer nothing was pinned, and nothing was read: the range is the saved words' business no more.
            Start = state.Identity.RangeStart is { } start ? QueryTime.At(start) : throw NotPinned(outputPath),
            End = state.Identity.RangeEnd is { } end ? QueryTime.At(end) : throw NotPinned(outputPath),
            Repository = state.Identity.Repository,
            Arguments = state.Identity.Arguments,
            TimeZone = notes.TryGetValue(TimeZone, out var zone) ? zone : null,
            AllowEventSkipping = Flag(notes, AllowEventSkipping),
            NoVerify = Flag(notes, NoVerify),
            MaxEvents = state.MaxEvents,
        };
        if (notes.TryGetValue(PageSize, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            search = search with { PageSize = size };
        return new ExportRequest(search, new ExportTarget
        {
            Path = outputPath,
            Format = state.Format,
            Property = state.Property,
            MaxFileSize = state.MaxFileSize,
            MaxFileEvents = state.MaxFileEvents,
            Compress = Flag(notes, Compress),
        })
        { Resume = true };
    }

    private static ExportException NotPinned(string path) => new(ExportErrorKind.NothingToResume, path,
        $"The export to '{path}' broke off before the server answered, so there is nothing to resume. Use -Force (--force) to start "
            + "again.");

    private static string Text(bool flag) => flag ? "true" : "false";

    private static bool Flag(IReadOnlyDictionary<string, string> notes, string name) => notes.TryGetValue(name, out var value) && value == "true";
}
