using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

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
    /// <summary>True when pages are kept as they are; false when all that is wanted of one is taken when <see cref="Append"/> returns, and it may be emptied.</summary>
    bool KeepsPages { get; }

    /// <summary>Takes a page. The events of a stream are good only until this returns; those of windows may be kept.</summary>
    void Append(Page<EventRecord> page);

    /// <summary>The window is whole.</summary>
    /// <param name="notes">What was noticed about its events.</param>
    /// <param name="counted">Events that the server counted in it when it was read; null when it was not asked.</param>
    /// <param name="dropped">Rows that the server listed twice, the same in every byte, and that were dropped.</param>
    void Commit(RowNotes notes, long? counted, long dropped);

    /// <summary>What was taken is not to be kept: the window is fetched again, or not at all.</summary>
    void Discard();
}
