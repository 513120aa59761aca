using LogScalePaging.Records;

namespace LogScalePaging.Search;

/// <summary>What a search would read, found out before it reads it: <see cref="ISearch.EstimateAsync"/>.</summary>
public sealed record SearchEstimate
{
    /// <summary>Records that the server counted; null without a count.</summary>
    public long? Count { get; init; }

    /// <summary>Why there is no count; null if there is one.</summary>
    public string? WhyNoCount { get; init; }

    /// <summary>Maximum number of records to read; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Number of records in the sample: those of the first answer.</summary>
    public long SampleRows { get; init; }

    /// <summary>Bytes of the sample, each record on a line.</summary>
    public long SampleBytes { get; init; }

    /// <summary>Time from the request to the answer with the sample.</summary>
    public TimeSpan SampleTime { get; init; }

    /// <summary>Query jobs or requests to read the records, without those for counts and plans; null if it is not known.</summary>
    public long? Jobs { get; init; }

    /// <summary>How many answers of the size of the sample the search waits for, one after the other; null if it is not known.</summary>
    public long? Steps { get; init; }

    /// <summary>Records that would be read; null without a count.</summary>
    public long? Wanted => Count > Limit ? Limit : Count;

    /// <summary>Approximate bytes of these records as JSON lines: their number times the mean size of the sample.</summary>
    public long? ApproximateBytes => Wanted switch
    {
        null => null,
        0 => 0,
        { } wanted => SampleRows > 0 ? (long)Math.Ceiling((double)SampleBytes / SampleRows * wanted) : null,
    };

    /// <summary>Approximate duration: each answer takes as long as the first one.</summary>
    public TimeSpan? ApproximateTime => Steps is { } steps
        ? TimeSpan.FromSeconds(Math.Min(SampleTime.TotalSeconds * steps, TimeSpan.MaxValue.TotalSeconds / 2))
        : null;

    /// <summary>Numbers of a part of a result, rounded up.</summary>
    internal static long Parts(long count, long size) => Math.Max(1, (count + Math.Max(1, size) - 1) / Math.Max(1, size));

    /// <summary>The same with a sample.</summary>
    internal SearchEstimate With(IReadOnlyList<Record> sample, TimeSpan time) => this with
    {
        SampleRows = sample.Count,
        SampleBytes = sample.Sum(r => r.Utf8.Length + 1L),
        SampleTime = time,
    };
}
