using LogScalePaging.Common;
using LogScalePaging.Records;

namespace LogScalePaging.Paging;

/// <summary>
/// The user's limit of records, on the way in: pages and streams are cut here, and nowhere else. Windows that go into files are not cut,
/// because the newest ones may arrive last. The assembly of the output cuts them.
/// </summary>
/// <param name="Most">Maximum number of records; null for all.</param>
internal readonly record struct RecordLimit(long? Most)
{
    /// <summary>Why a walk ends that has reached the limit.</summary>
    public WalkEnd End
    {
        get
        {
            var events = Counted.Of(Most ?? 0, "event");
            return new WalkEnd(EndReason.Limit, $"the limit of {events} is reached");
        }
    }

    /// <summary>True if no more records are wanted.</summary>
    /// <param name="received">Records that were passed on.</param>
    public bool IsReached(long received) => received >= Most;

    /// <summary>How many more records may be passed on.</summary>
    /// <param name="received">Records that were passed on.</param>
    public long Left(long received) => Most is { } most ? Math.Max(0, most - received) : long.MaxValue;

    /// <summary>The page, without the records beyond the limit. Its metadata is for the records that are left.</summary>
    /// <param name="page">The page.</param>
    /// <param name="received">Records that were passed on before it.</param>
    public Page<Record> Cut(Page<Record> page, long received)
    {
        var left = Left(received);
        if (page.Items.Count <= left)
            return page;
        List<Record> kept = [.. page.Items.Take((int)left)];
        return page with
        {
            Items = kept,
            Info = page.Info with
            {
                WithoutId = Math.Min(page.Info.WithoutId, kept.Count(e => !e.HasId)),
                RepeatedIds = Math.Min(page.Info.RepeatedIds, kept.Count),
            },
        };
    }

    /// <summary>Removes the records beyond the limit from the records of a stream.</summary>
    /// <param name="records">The records.</param>
    /// <param name="received">Records that were passed on before them.</param>
    public void Cut(List<Record> records, long received)
    {
        var left = Left(received);
        if (left < records.Count)
            records.RemoveRange((int)left, records.Count - (int)left);
    }
}
