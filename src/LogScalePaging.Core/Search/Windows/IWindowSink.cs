using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>
/// Receives the events of windows. Windows arrive in any order and in parallel. The pages of one window arrive newest first.
/// </summary>
public interface IWindowSink
{
    /// <summary>Begins a window. A discarded window can be begun again.</summary>
    IWindowWriter Open(TimeWindow window);

    /// <summary>A window has too many events. Its parts replace it, newest first.</summary>
    void Split(TimeWindow window, IReadOnlyList<TimeWindow> parts);
}

/// <summary>One window while it is fetched.</summary>
public interface IWindowWriter
{
    /// <summary>
    /// True if pages are kept; false if <see cref="Append"/> copies all it needs, so that the page may be emptied afterwards.
    /// </summary>
    bool KeepsPages { get; }

    /// <summary>Adds a page. The events of a stream are valid only until this returns. Those of windows may be kept.</summary>
    void Append(Page<Record> page);

    /// <summary>The window is complete.</summary>
    /// <param name="notes">Observations about its events.</param>
    /// <param name="counted">Events that the server counted in it when it was read; null without a count.</param>
    /// <param name="dropped">Dropped rows that the server repeated, equal in every byte.</param>
    void Commit(RowNotes notes, long? counted, long dropped);

    /// <summary>Discards the window. It is fetched again, or not at all.</summary>
    void Discard();
}
