using LogScalePaging.Export.Runs;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Export.Schedules;

/// <summary>The result of one run of a schedule.</summary>
public sealed record ScheduledExportResult
{
    /// <summary>The exports of this run, one for each step, oldest first. Empty if there was nothing to do.</summary>
    public IReadOnlyList<ExportOutcome> Exports { get; init; } = [];

    /// <summary>
    /// The worst state of its exports; Complete if there was nothing to do. A run that leaves a gap is never Complete. It is Unverified if
    /// the gap is an unverified step that was not published.
    /// </summary>
    public CompletenessState State =>
        Exports.Any(e => e.Completeness.State == CompletenessState.Incomplete) || Error is not null || IsStopped
            || (HasGap && Exports.All(e => e.Files.Count > 0))
            ? CompletenessState.Incomplete
        : Exports.Any(e => e.Completeness.State == CompletenessState.Unverified) ? CompletenessState.Unverified
        : CompletenessState.Complete;

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The watermark before this run; null if the first run could not begin.</summary>
    public DateTimeOffset? RangeStart { get; init; }

    /// <summary>The watermark after this run: all events up to it are in outputs.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>
    /// The time by the server's clock, or by this machine's if the server does not tell; null if it is not known, also because the clocks
    /// differ and nothing is exported until one of them is correct.
    /// </summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>How far the watermark is behind this time. It is never shorter than the lag.</summary>
    public TimeSpan? Behind => Now - RangeEnd is { } behind ? behind < TimeSpan.Zero ? TimeSpan.Zero : behind : null;

    /// <summary>
    /// True if a part of the time up to now less the lag is not exported yet, or if that is not known because the clocks differ. The next
    /// run continues there.
    /// </summary>
    public bool HasGap { get; init; }

    /// <summary>Events that this run wrote.</summary>
    public long Events { get; init; }

    /// <summary>How many of them arrived late: their time is before the start of their step.</summary>
    public long Recovered { get; init; }

    /// <summary>Events that arrived after the look-back window and are in no output, found by this run.</summary>
    public long TooLate { get; init; }

    /// <summary>The same for all runs of the schedule.</summary>
    public long TooLateInAll { get; init; }

    /// <summary>Full paths of the files that this run wrote.</summary>
    public IReadOnlyList<string> Files => [.. Exports.SelectMany(e => e.Files)];

    /// <summary>The exception that ended the run; null if it ended normally.</summary>
    public Exception? Error { get; init; }

    /// <summary>True when its time limit ended it between two steps, or before the first one.</summary>
    public bool IsStopped { get; init; }

    /// <summary>True when the user interrupted it.</summary>
    public bool Interrupted { get; init; }
}
