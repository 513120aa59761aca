using LogScalePaging.Paging;

namespace LogScalePaging.LogScale.Windows;

/// <summary>Where the events of windows go. Windows come in any order and several at once; the pages of one come newest first.</summary>
public interface IWindowSink
{
    /// <summary>Begins a window, anew when it was begun before and discarded.</summary>
    IWindowWriter Open(TimeWindow window);

    /// <summary>A window turned out to be overfull: its halves come in its place.</summary>
    void Split(TimeWindow window, TimeWindow newer, TimeWindow older);
}

/// <summary>One window while it is fetched.</summary>
public interface IWindowWriter
{
    /// <summary>Takes a page. The events of a stream are good only until this returns; those of windows may be kept.</summary>
    void Append(Page<EventRecord> page);

    /// <summary>The window is whole.</summary>
    /// <param name="late">Events of it that were surely ingested after the range was counted.</param>
    /// <param name="counted">Events that the server counted in it when it was read; null when it was not asked.</param>
    void Commit(long late, long? counted);

    /// <summary>What was taken is not to be kept: the window is fetched again, or not at all.</summary>
    void Discard();
}
