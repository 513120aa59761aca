using System.Collections.Concurrent;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>Keeps one window, or its parts if it was split, until its pages can be passed on in order.</summary>
/// <param name="oldestFirst">True if the oldest window is first.</param>
internal sealed class OrderedSink(bool oldestFirst = false) : IWindowSink
{
    private readonly ConcurrentDictionary<long, List<Page<Record>>> _whole = new();
    private long _missing;

    public IWindowWriter Open(TimeWindow window) => new Writer(this, window);

    public void Split(TimeWindow window, IReadOnlyList<TimeWindow> parts)
    {
    }

    /// <summary>Records that the server counted in complete windows but did not list.</summary>
    public long Missing => Interlocked.Read(ref _missing);

    /// <summary>The pages of the complete windows, in order.</summary>
    public IEnumerable<Page<Record>> InOrder() => _whole.OrderBy(w => oldestFirst ? w.Key : -w.Key).SelectMany(w => w.Value);

    /// <summary>The same after a fetch into this sink has ended.</summary>
    public async IAsyncEnumerable<Page<Record>> InOrderAsync(Task fetch)
    {
        await fetch.ConfigureAwait(false);
        foreach (var page in InOrder())
            yield return page;
    }

    private sealed class Writer(OrderedSink owner, TimeWindow window) : IWindowWriter
    {
        private readonly List<Page<Record>> _pages = [];

        public bool KeepsPages => true;

        public void Append(Page<Record> page) => _pages.Add(page);

        public void Commit(RowNotes notes, long? counted, long dropped)
        {
            owner._whole[window.End] = _pages;
            Interlocked.Add(ref owner._missing, Math.Max(0, (counted ?? 0) - _pages.Sum(p => (long)p.Items.Count)));
        }

        public void Discard() => _pages.Clear();
    }
}
