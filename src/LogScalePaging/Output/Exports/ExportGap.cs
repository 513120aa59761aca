using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Reports;
using LogScalePaging.Records;

namespace LogScalePaging;

/// <summary>A part of the range of an export: a time without records, or one whose records are missing.</summary>
public sealed class ExportGap
{
    internal ExportGap(TimeGap gap, TimeUnit unit)
        : this(EpochTime.Utc(gap.Start, unit), EpochTime.Utc(gap.End, unit))
    {
    }

    internal ExportGap(ManifestRange range, TimeUnit unit)
        : this(EpochTime.Utc(range.Start, unit), EpochTime.Utc(range.End, unit))
    {
    }

    private ExportGap(DateTimeOffset? start, DateTimeOffset? end) => (Start, End) = (start, end);

    /// <summary>Where it begins.</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>Where it ends.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Its length.</summary>
    public TimeSpan? Duration => End - Start;

    /// <summary>Both ends in UTC.</summary>
    public override string ToString() => Display.Range(Start, End);
}
