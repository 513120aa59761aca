using System.Runtime.CompilerServices;
using LogScalePaging.Paging;
using LogScalePaging.Records;

namespace LogScalePaging.Search.Windows;

/// <summary>Fetches windows ahead of a reader, who gets their pages in order.</summary>
/// <param name="fetch">Fetches one window.</param>
/// <param name="oldestFirst">True to pass the pages on oldest first.</param>
internal sealed class WindowsAhead(Func<TimeWindow, IWindowSink, CancellationToken, Task> fetch, bool oldestFirst)
{
    /// <inheritdoc cref="WindowWalk.PagesAsync"/>
    public async IAsyncEnumerable<Page<Record>> PagesAsync(
        IReadOnlyList<TimeWindow> windows, int ahead, Action<long> missing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var under = new Queue<(Task Fetch, OrderedSink Pages)>();
        try
        {
            for (var i = 0; i < windows.Count || under.Count > 0;)
            {
                while (i < windows.Count && under.Count < ahead)
                {
                    var (window, sink) = (windows[i++], new OrderedSink(oldestFirst));
                    under.Enqueue((Task.Run(() => fetch(window, sink, stop.Token), CancellationToken.None), sink));
                }
                var (next, pages) = under.Peek();
                await next.AsPagingAsync().ConfigureAwait(false);
                under.Dequeue();
                missing(pages.Missing);
                foreach (var page in pages.InOrder())
                    yield return page;
            }
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAll(under.Select(u => Quietly(u.Fetch))).ConfigureAwait(false);
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the reader has stopped, or has the error already
        catch
#pragma warning restore CA1031
        {
        }
    }
}
