using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>Tells by <c>@ingesttimestamp</c> which rows came after the range was counted.</summary>
internal static class LateRows
{
    // The Date header cuts off up to a second, and the clocks of a cluster differ: about the time of the count nothing is sure.
    private const long Unsure = 6_000;

    /// <summary>Counts the late rows of a page.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="lateFrom">Epoch milliseconds from which an ingested event came after the count; null when that is not known.</param>
    public static RowNotes Count(IReadOnlyList<EventRecord> rows, long? lateFrom)
    {
        if (lateFrom is not { } from)
            return default;
        var notes = default(RowNotes);
        for (var i = 0; i < rows.Count; i++)
            notes += Of(rows[i].IngestTimestamp, from);
        return notes;
    }

    /// <summary>What one ingest time says.</summary>
    public static RowNotes Of(long? ingested, long lateFrom) =>
        new(Late: ingested >= lateFrom ? 1 : 0, PossiblyLate: ingested >= lateFrom - Unsure ? 1 : 0);

    /// <summary>The earliest ingest time that a count at <paramref name="since"/> or later can make late.</summary>
    public static long Earliest(DateTimeOffset? since) => since is { } time ? time.ToUnixTimeMilliseconds() - Unsure : long.MaxValue;
}
