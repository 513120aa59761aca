using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.Tenants;

/// <summary>A sink of windows that checks every record before the sink gets it.</summary>
/// <param name="inner">The sink.</param>
/// <param name="guard">Checks a record.</param>
internal sealed class GuardedSink(IWindowSink inner, RecordGuard guard) : IWindowSink
{
    /// <inheritdoc/>
    public IWindowWriter Open(TimeWindow window) => new Writer(inner.Open(window), guard);

    /// <inheritdoc/>
    public void Split(TimeWindow window, IReadOnlyList<TimeWindow> parts) => inner.Split(window, parts);

    private sealed class Writer(IWindowWriter inner, RecordGuard guard) : IWindowWriter
    {
        public bool KeepsPages => inner.KeepsPages;

        public void Append(Page<Record> page)
        {
            foreach (var record in page.Items)
                guard(in record);
            inner.Append(page);
        }

        public void Commit(RowNotes notes, long? counted, long dropped) => inner.Commit(notes, counted, dropped);

        public void Discard() => inner.Discard();
    }
}
