using LogScalePaging.LogScale.Counting;
using LogScalePaging.Paging;
using LogScalePaging.Records;
using LogScalePaging.Records.Identities;
using LogScalePaging.Search.Windows;

namespace LogScalePaging.LogScale.Windows;

/// <summary>Writes the rows that belong to a window, and observes them.</summary>
/// <param name="range">The range that the windows are parts of.</param>
/// <param name="lateFrom">Epoch milliseconds from which an ingested event is late; null if it is not known.</param>
internal sealed class WindowRows(PinnedRange range, Func<long?> lateFrom)
{
    private readonly WindowOwner _owner = new(range.AsSent);

    /// <inheritdoc cref="WindowOwner.Recall"/>
    public void Recall(Action<IdentitySet>? recall) => _owner.Recall(recall);

    /// <inheritdoc cref="WindowOwner.Keep"/>
    public bool Keep() => _owner.Keep();

    /// <inheritdoc cref="WindowOwner.Drop"/>
    public void Drop() => _owner.Drop();

    /// <summary>Writes the pages of a window into a sink, to be committed or discarded.</summary>
    public async Task<FetchedWindow> WriteAsync(IAsyncEnumerable<Page<Record>> pages, TimeWindow window, IWindowSink sink)
    {
        var writer = sink.Open(window);
        try
        {
            long rows = 0, repeated = 0;
            var notes = default(RowNotes);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                var owned = _owner.Owned(page, window);
                writer.Append(owned);
                rows += owned.Items.Count;
                repeated += page.Info.Duplicates;
                notes += range.Noting.Of(owned, lateFrom());
                if (writer.KeepsPages)
                    continue;
                owned.Forget();
                page.Forget();
            }
            return new FetchedWindow(writer, rows, notes) { Repeated = repeated };
        }
        catch
        {
            writer.Discard();
            _owner.Drop();
            throw;
        }
    }
}
