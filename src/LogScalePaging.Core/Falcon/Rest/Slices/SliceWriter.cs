using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Falcon.Rest.Slices;

/// <summary>Writes a slice, and says when it is complete.</summary>
/// <param name="inner">Receives the records.</param>
/// <param name="committed">Called when the slice is complete.</param>
internal sealed class SliceWriter(IWindowWriter inner, Action committed) : IWindowWriter
{
    /// <inheritdoc/>
    public bool KeepsPages => inner.KeepsPages;

    /// <inheritdoc/>
    public void Append(Page<Record> page) => inner.Append(page);

    /// <inheritdoc/>
    public void Commit(RowNotes notes, long? counted, long dropped)
    {
        inner.Commit(notes, counted, dropped);
        committed();
    }

    /// <inheritdoc/>
    public void Discard() => inner.Discard();
}
