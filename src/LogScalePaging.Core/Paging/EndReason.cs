namespace LogScalePaging.Paging;

/// <summary>The ways in which a walk can end.</summary>
public enum EndReason
{
    /// <summary>The server says that the answer is whole: it fits one page.</summary>
    Whole,
    /// <summary>The last page brought nothing that was not known.</summary>
    NothingNew,
    /// <summary>The last page was short and the count is reached.</summary>
    CountReached,
    /// <summary>The walk came to the start of its range.</summary>
    RangeStart,
    /// <summary>The system's own mark of the last page.</summary>
    LastPage,
    /// <summary>The result buffer is read, and more matches than it holds.</summary>
    BufferEnd,
    /// <summary>The user's limit is reached.</summary>
    Limit,
}
