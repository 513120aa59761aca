namespace LogScalePaging.Paging;

/// <summary>The ways in which a walk can end.</summary>
public enum EndReason
{
    /// <summary>The server says that the answer is complete: it fits into one page.</summary>
    Whole,
    /// <summary>The last page had no new item.</summary>
    NothingNew,
    /// <summary>The last page was short and the count is reached.</summary>
    CountReached,
    /// <summary>The walk reached the start of its range.</summary>
    RangeStart,
    /// <summary>The system marked the last page.</summary>
    LastPage,
    /// <summary>The result buffer is read, but more events match than it holds.</summary>
    BufferEnd,
    /// <summary>The user's limit is reached.</summary>
    Limit,
}
