using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LogScalePaging.Paging;

/// <summary>Methods for streams of pages of any system.</summary>
internal static class PageStream
{
    /// <summary>
    /// Reads up to <paramref name="depth"/> pages ahead of a slow reader. If the reader stops early, the reading ends and its clean-up is
    /// awaited. An error is thrown after the pages that were read before it. The second page is requested when the reader asks for it,
    /// because many readers need only the first one.
    /// </summary>
    /// <param name="pages">The pages, enumerated once, on other threads than the reader's.</param>
    /// <param name="depth">Maximum number of pages in memory, 1 or more.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static async IAsyncEnumerable<Page<T>> Prefetch<T>(
        Func<CancellationToken, IAsyncEnumerable<Page<T>>> pages, int depth = 1,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<Page<T>>(new BoundedChannelOptions(depth) { SingleReader = true, SingleWriter = true });
        var wantsMore = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var giveUp = stop.Token.Register(() => wantsMore.TrySetResult(false));
        var producer = Task.Run(() => ProduceAsync(pages, channel.Writer, wantsMore.Task, stop.Token), CancellationToken.None);
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out var page))
                {
                    yield return page;
                    wantsMore.TrySetResult(true);
                }
            }
        }
        finally
        {
            stop.Cancel();
            await producer.ConfigureAwait(false);
        }
    }

    private static async Task ProduceAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<Page<T>>> pages, ChannelWriter<Page<T>> writer, Task wantsMore,
        CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var page in pages(cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(page, cancellationToken).ConfigureAwait(false);
                await wantsMore.ConfigureAwait(false);
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
