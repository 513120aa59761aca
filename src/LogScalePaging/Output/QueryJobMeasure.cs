using LogScalePaging.Common;
using LogScalePaging.Search;

namespace LogScalePaging;

/// <summary>The output of <c>Measure-QueryJob</c>: what a search would read.</summary>
public sealed class QueryJobMeasure
{
    internal QueryJobMeasure(ISearch search, SearchEstimate found)
    {
        System = search.System;
        Query = search.Identity.Query;
        Repository = search.Identity.Repository;
        RangeStart = EpochTime.Utc(search.Identity.RangeStart, search.Schema.TimeUnit);
        RangeEnd = EpochTime.Utc(search.Identity.RangeEnd, search.Schema.TimeUnit);
        Count = found.Count;
        ApproximateBytes = found.ApproximateBytes;
        SampleCount = found.SampleRows;
        Strategy = search.Plan!.Strategy;
        StrategyReason = OptionNames.ForPowerShell(search.Plan.Reason);
        Jobs = found.Jobs;
        ApproximateDuration = found.ApproximateTime;
        NoCountReason = found.WhyNoCount is { } reason ? OptionNames.ForPowerShell(reason) : null;
    }

    /// <summary>Events that match; null if the server did not count them. For an aggregate, the rows of its result.</summary>
    public long? Count { get; }

    /// <summary>Approximate size as JSON lines: the number of events times the mean size of the sample; null if it is not known.</summary>
    public long? ApproximateBytes { get; }

    /// <summary>Number of events in the sample: those of the first answer.</summary>
    public long SampleCount { get; }

    /// <summary>Start of the range as the server pinned it.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the range as the server pinned it.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Both as text, in UTC.</summary>
    public string Range => Display.Range(RangeStart, RangeEnd);

    /// <summary>The strategy that an export would use.</summary>
    public string Strategy { get; }

    /// <summary>Why this strategy was chosen.</summary>
    public string StrategyReason { get; }

    /// <summary>Query jobs that read the events, without those for counts and plans; null if it is not known.</summary>
    public long? Jobs { get; }

    /// <summary>Approximate duration, if each job takes as long as the first one; null if it is not known.</summary>
    public TimeSpan? ApproximateDuration { get; }

    /// <summary>Why there is no count; null if there is one.</summary>
    public string? NoCountReason { get; }

    /// <summary>Kind of server.</summary>
    public string System { get; }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>Count, size and strategy.</summary>
    public override string ToString() => $"{(Count is { } count ? $"{Display.Number(count)} events" : "number of events not known")}, "
        + $"approximately {(ApproximateBytes is { } bytes ? ByteSize.Text(bytes) : "? bytes")}, strategy {Strategy}";
}
