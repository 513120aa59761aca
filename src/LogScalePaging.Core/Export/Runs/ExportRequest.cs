using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Runs;

/// <summary>The search of an export, and its output.</summary>
/// <param name="Search">The search.</param>
/// <param name="Target">The output.</param>
public sealed record ExportRequest(SearchRequest Search, ExportTarget Target)
{
    /// <summary>Continue an earlier run of the same export.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// With <see cref="Resume"/>: begin if there is nothing to resume. If the output is finished, valid and from the same request, it is
    /// the result at once.
    /// </summary>
    public bool OrBegin { get; init; }

    /// <summary>Leave the account and the machine of this run out of the manifest.</summary>
    public bool NoOperator { get; init; }

    /// <summary>The authority that gives the manifest a timestamp; null for none.</summary>
    public Uri? TimestampServer { get; init; }

    /// <summary>
    /// Ends the run cleanly when this time has passed since its start. Its result is then Incomplete and can be resumed. Null for no limit.
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>
    /// How much of <see cref="StopAfter"/> had passed before this run, because the command exported something else. A platform
    /// ends the whole command.
    /// </summary>
    public TimeSpan UsedBefore { get; init; }

    /// <summary>Id of the plan whose slice this export is; null for an export without a plan.</summary>
    public string? Plan { get; init; }

    /// <summary>Index of the slice in its plan; null for an export without a plan.</summary>
    public int? Slice { get; init; }

    /// <summary>The schedule that this export is a step of; null if there is none.</summary>
    internal IExportStep? Step { get; init; }

    /// <summary>Whether an earlier run is continued. It has pinned the range.</summary>
    public bool GoesOn => Resume && (!OrBegin || ExportStore.Exists(Target));

    /// <summary>The search, with the fields that the output keeps, if they are named.</summary>
    internal SearchRequest Searched => Search with { Fields = Target.Filter is { IsOpen: false } named ? named.Names : null };

    /// <summary>Checks that the export could begin or continue. Nothing is created or changed.</summary>
    /// <exception cref="ExportException">It cannot. The kind and the message say why.</exception>
    public void EnsurePossible()
    {
        if (GoesOn)
            ExportStore.Peek(Target.Path);
        else if (!Resume || !FinishedOutput.MayBeResult(this))
            StoreOpening.EnsureMayBegin(Target);
    }

    /// <summary>Reads a time for <see cref="StopAfter"/>: <c>2h45m</c>, <c>90m</c> or <c>2:45:00</c>.</summary>
    /// <exception cref="FormatException">It is not such a time, or too short or too long. The message shows valid forms.</exception>
    public static TimeSpan ParseStopAfter(string text) => RunLimit.Checked(Duration.Parse(text));

    /// <summary>The request that continues a run that broke off, from the path of its output only.</summary>
    /// <param name="outputPath">Path of the output, or of the folder of the unfinished run.</param>
    /// <param name="restore">Makes the search of a system: <see cref="Systems.Restore"/>.</param>
    /// <exception cref="ExportException">There is nothing to resume, or it cannot be read.</exception>
    public static ExportRequest Resuming(string outputPath, Func<SavedSearch, SearchRequest> restore)
    {
        var path = PartialFolder.OutputOf(outputPath) ?? outputPath;
        return ResumeNotes.Request(ExportStore.Peek(path), path, restore);
    }
}
