using LogScalePaging.Common;
using LogScalePaging.Export.Schedules;

namespace LogScalePaging;

/// <summary>The result of a run from a watermark: the output of the cmdlets that export with <c>-Watermark</c>.</summary>
public sealed class ScheduleResult
{
    internal ScheduleResult(ScheduledExportResult run, string watermarkPath, string? tenant = null)
    {
        Tenant = tenant;
        State = run.State.ToString();
        Reason = OptionNames.ForPowerShell(run.Reason);
        HasGap = run.HasGap;
        Events = run.Events;
        Recovered = run.Recovered;
        TooLate = run.TooLate;
        TooLateInAll = run.TooLateInAll;
        RangeStart = run.RangeStart;
        RangeEnd = run.RangeEnd;
        Behind = run.Behind;
        Watermark = watermarkPath;
        // Arrays, because PowerShell cannot index a read-only list.
        Files = (string[])[.. run.Files];
        Exports = (ExportResult[])[
            .. run.Exports.Select(e => new ExportResult(e, e.ManifestPath is { } manifest ? ManifestOf(manifest) : e.PartialPath ?? ""))];
        Warnings = (string[])[.. Exports.SelectMany(e => e.Warnings).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// <c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>: the worst state of its exports. It is not <c>Complete</c> if a gap remains.
    /// </summary>
    public string State { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>
    /// True if a part of the time up to now less the lag is not exported yet, or if that is not known because the clocks differ. The next
    /// run continues there.
    /// </summary>
    public bool HasGap { get; }

    /// <summary>Events that this run wrote.</summary>
    public long Events { get; }

    /// <summary>How many of them arrived late and were found by the look-back.</summary>
    public long Recovered { get; }

    /// <summary>Events that arrived after the look-back window and are in no output, found by this run.</summary>
    public long TooLate { get; }

    /// <summary>The same for all runs of the schedule.</summary>
    public long TooLateInAll { get; }

    /// <summary>The watermark before this run.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>The watermark after this run: all events up to it are in outputs.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Both as text, in UTC.</summary>
    public string Range => Display.Range(RangeStart, RangeEnd);

    /// <summary>How far the watermark is behind now, by the server's clock if it tells; null if it is not known.</summary>
    public TimeSpan? Behind { get; }

    /// <summary>Full paths of the files that this run wrote.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The exports of this run, one for each step.</summary>
    public IReadOnlyList<ExportResult> Exports { get; }

    /// <summary>CID of the tenant that was searched; null for a system without tenants.</summary>
    public string? Tenant { get; }

    /// <summary>Full path of the watermark file.</summary>
    public string Watermark { get; }

    /// <summary>Warnings of its exports.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>State, events, range and reason.</summary>
    public override string ToString() => $"{State}: {Counted.Of(Events, "event")} from {Range} ({Reason})";

    private static string ManifestOf(string manifest) => manifest.Substring(0, manifest.Length - ".manifest.json".Length);
}
