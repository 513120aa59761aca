using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LogScalePaging.Paging;

/// <summary>What can be done with a stream of pages, whatever system they come from.</summary>
public static class PageStream
{
    /// <summary>
    /// Fetches ahead of a slow reader, at the most <paramref name="depth"/> pages. Leaving the enumeration early ends the fetching and
    /// waits for its clean-up; an error comes after the pages that were read before it.
    /// </summary>
    /// <param name="pages">The pages, enumerated once, on other threads than the reader's.</param>
    /// <param name="depth">Pages to hold, 1 or more.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static async IAsyncEnumerable<Page<T>> Prefetch<T>(
        Func<CancellationToken, IAsyncEnumerable<Page<T>>> pages, int depth = 1, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<Page<T>>(new BoundedChannelOptions(depth) { SingleReader = true, SingleWriter = true });
        var producer = Task.Run(() => ProduceAsync(pages, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out var page))
                    yield return page;
            }
        }
        finally
        {
            stop.Cancel();
            await producer.ConfigureAwait(false);
        }
    }

    private static async Task ProduceAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<Page<T>>> pages, ChannelWriter<Page<T>> writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var page in pages(cancellationToken).ConfigureAwait(false))
                await writer.WriteAsync(page, cancellationToken).ConfigureAwait(false);
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
