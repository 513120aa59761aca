using System.Runtime.CompilerServices;
using LogScalePaging.Common;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Proof;

/// <summary>Observes the times of rows: which arrived after the count, and which are outside the range.</summary>
/// <param name="start">Start of the range, epoch milliseconds; null if the query writes the times, so that they say nothing.</param>
/// <param name="end">End of the range, epoch milliseconds. Servers may include it.</param>
/// <param name="recentFrom">Epoch milliseconds from which the range can still change; null if it cannot, or if this is not known.</param>
internal sealed class RowNoting(long? start, long? end, long? recentFrom = null)
{
    // The Date header cuts off up to a second, and the clocks of a cluster differ. Near the time of the count, nothing is certain.
    private const long Unsure = 6_000;

    /// <summary>Observes the rows of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="lateFrom">Epoch milliseconds from which an ingested event arrived after the count; null if it is not known.</param>
    [MethodImpl(HotPath.Method)]
    public RowNotes Of(Page<Record> page, long? lateFrom)
    {
        long late = 0, possiblyLate = 0, outside = 0, recent = 0;
        var changing = recentFrom ?? long.MaxValue;
        var (sure, possible) = (lateFrom ?? long.MaxValue, (lateFrom - Unsure) ?? long.MaxValue);
        for (var i = 0; i < page.Items.Count; i++)
        {
            var row = page.Items[i];
            if (row.IngestTimestamp is { } ingested && ingested >= possible)
                (late, possiblyLate) = (late + (ingested >= sure ? 1 : 0), possiblyLate + 1);
            if (row.Timestamp is not { } time)
                continue;
            if (time < start || time > end)
                outside++;
            if (time >= changing)
                recent++;
        }
        return new RowNotes(late, possiblyLate, page.Info.RepeatedIds, page.Info.WithoutId, outside) { Recent = recent };
    }

    /// <summary>Rows in the part of the range that can still change, among rows that are sorted newest first.</summary>
    public long Recent(IReadOnlyList<Record> rows) =>
        recentFrom is null || rows.Count == 0 || rows[0].Timestamp < recentFrom ? 0 : rows.Count(row => row.Timestamp >= recentFrom);

    /// <summary>Rows outside the range, among rows that are sorted newest first.</summary>
    public long Outside(IReadOnlyList<Record> rows)
    {
        var isInside = start is null || rows.Count == 0 || (rows[0].Timestamp <= end && rows[rows.Count - 1].Timestamp >= start);
        return isInside ? 0 : rows.Count(row => row.Timestamp < start || row.Timestamp > end);
    }

    /// <summary>Observes one ingest time.</summary>
    public static RowNotes OfIngest(long ingested, long lateFrom) =>
        new(Late: ingested >= lateFrom ? 1 : 0, PossiblyLate: ingested >= lateFrom - Unsure ? 1 : 0);

    /// <summary>The earliest ingest time that a count at <paramref name="since"/> or later can make late.</summary>
    public static long Earliest(DateTimeOffset? since) => since is { } time ? time.ToUnixTimeMilliseconds() - Unsure : long.MaxValue;
}
