using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LogScalePaging.Paging;

/// <summary>Methods for streams of pages of any system.</summary>
internal static class PageStream
{
    /// <summary>
    /// Reads up to <paramref name="ahead"/> pages ahead of a slow reader. If the reader stops early, the reading ends and its clean-up is
    /// awaited. An error is thrown after the pages that were read before it. The second page is requested when the reader asks for it,
    /// because many readers need only the first one.
    /// </summary>
    /// <param name="pages">The pages, or parts of them, enumerated once, on other threads than the reader's.</param>
    /// <param name="ahead">Maximum number of pages in memory besides the reader's, 1 or more.</param>
    /// <param name="endsPage">True for the last part of a page; null if there are only whole pages.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static async IAsyncEnumerable<T> Prefetch<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> pages, int ahead = 2, Func<T, bool>? endsPage = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        var wantsMore = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var giveUp = stop.Token.Register(() => wantsMore.TrySetResult(false));
        var producer = Task.Run(() => ProduceAsync(pages, channel.Writer, EndsPage, wantsMore.Task, stop.Token), CancellationToken.None);
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out var page))
                {
                    yield return page;
                    if (EndsPage(page))
                        wantsMore.TrySetResult(true);
                }
            }
        }
        finally
        {
            stop.Cancel();
            await producer.ConfigureAwait(false);
        }

        bool EndsPage(T page) => endsPage?.Invoke(page) != false;
    }

    private static async Task ProduceAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> pages, ChannelWriter<T> writer, Func<T, bool> endsPage, Task wantsMore,
        CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var page in pages(cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(page, cancellationToken).ConfigureAwait(false);
                if (endsPage(page))
                    await wantsMore.ConfigureAwait(false);
                // A page is requested only when there is a place for it.
                await writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
#pragma warning disable CA1031 // handed to the reader through the channel
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        writer.Complete(failure);
    }
}
