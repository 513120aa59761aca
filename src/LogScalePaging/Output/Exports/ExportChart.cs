using LogScalePaging.Common;
using LogScalePaging.Export.Reports;

namespace LogScalePaging;

/// <summary>An export over time: the output of <c>Show-PagedExport</c>. Its view prints <see cref="Lines"/>.</summary>
public sealed class ExportChart
{
    internal ExportChart(ExportSurvey survey, IReadOnlyList<string> lines)
    {
        var (manifest, bins) = (survey.Manifest, survey.Bins);
        var unit = manifest.Schema.TimeUnit;
        Path = survey.OutputPath;
        State = manifest.State;
        Reason = manifest.Reason is { } reason ? OptionNames.ForPowerShell(reason) : null;
        IsValid = survey.Verification.IsValid;
        Events = manifest.Counts.Written;
        Expected = manifest.Counts.Expected;
        Missing = manifest.Counts.Missing;
        Late = manifest.Counts.Late;
        RangeStart = EpochTime.Utc(manifest.Range.Start, unit);
        RangeEnd = EpochTime.Utc(manifest.Range.End, unit);
        // Arrays, because PowerShell cannot index a read-only list.
        Gaps = (ExportGap[])[.. survey.Gaps.Select(g => new ExportGap(g, unit))];
        MissingRanges = (ExportGap[])[.. (manifest.MissingRanges ?? []).Where(r => r is not null).Select(r => new ExportGap(r, unit))];
        Failed = (ExportFinding[])[.. survey.Verification.Findings.Where(f => !f.Passed).Select(f => new ExportFinding(f))];
        Lines = (string[])[.. lines];
        if (bins is null)
            return;
        Counts = bins.Counts;
        FirstBar = EpochTime.Utc(bins.StartOf(0), unit);
        BarLength = TimeSpan.FromTicks(
            (long)Math.Min(long.MaxValue, (decimal)bins.Step * TimeSpan.TicksPerMillisecond / bins.PerMillisecond));
    }

    /// <summary>Path of the output.</summary>
    public string Path { get; }

    /// <summary><c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>.</summary>
    public string State { get; }

    /// <summary>Why, in one sentence.</summary>
    public string? Reason { get; }

    /// <summary>True if the files match the manifest.</summary>
    public bool IsValid { get; }

    /// <summary>Events in the files, by the manifest.</summary>
    public long Events { get; }

    /// <summary>Events that the server counted when the export began; null without a count.</summary>
    public long? Expected { get; }

    /// <summary>Events that should be in the files but are not; null if it is not known.</summary>
    public long? Missing { get; }

    /// <summary>Events that arrived during the export and are not in the files.</summary>
    public long Late { get; }

    /// <summary>Start of the range.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the range.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Where the first bar begins; null if there is no chart.</summary>
    public DateTimeOffset? FirstBar { get; }

    /// <summary>Length of a bar; null if there is no chart.</summary>
    public TimeSpan? BarLength { get; }

    /// <summary>Events in each bar, the oldest bar first.</summary>
    public IReadOnlyList<long> Counts { get; } = (long[])[];

    /// <summary>Times without events that are at least as long as a bar, the longest one first.</summary>
    public IReadOnlyList<ExportGap> Gaps { get; }

    /// <summary>Parts of the range whose events are known to be missing.</summary>
    public IReadOnlyList<ExportGap> MissingRanges { get; }

    /// <summary>The checks that did not pass.</summary>
    public IReadOnlyList<ExportFinding> Failed { get; }

    /// <summary>The chart, line by line.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The chart.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Lines);
}
