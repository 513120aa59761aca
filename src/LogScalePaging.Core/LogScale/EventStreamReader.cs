using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>
/// Reads the answer of the <c>/query</c> endpoint: an event a line, no metadata and no end mark. A line that is cut short is an
/// error, but a stream that ends between two lines looks whole: only a count proves it.
/// </summary>
internal static class EventStreamReader
{
    // What has just come is read while it is still in the core's cache, which a larger buffer would not leave it in.
    private const int InitialBuffer = 64 * 1024;
    private const int LargestLine = 1 << 30;

    /// <summary>Reads the stream to its end, or for as long as its events are wanted.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="take">Is handed the events in the server's order, many at once. The list and the bytes behind it are used again when it returns, and true goes on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JsonException">A line is not an event.</exception>
    public static async Task ReadAsync(Stream body, Func<List<EventRecord>, bool> take, CancellationToken cancellationToken)
    {
        var events = new List<EventRecord>();
        var buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
        var filled = 0;
        try
        {
            while (await body.ReadAsync(buffer, filled, buffer.Length - filled, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                filled += read;
                var used = Parse(buffer.AsMemory(0, filled), events);
                if (events.Count > 0 && !take(events))
                    return;
                events.Clear();
                filled -= used;
                Buffer.BlockCopy(buffer, used, buffer, 0, filled);
                if (filled == buffer.Length)
                    buffer = Grow(buffer);
            }
            if (filled > 0)
                throw new JsonException("The last event of the stream is cut short.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Takes all events that have come whole, where they are, and returns how many bytes are done with.
    [MethodImpl(HotPath.Method)]
    private static int Parse(Memory<byte> memory, List<EventRecord> events)
    {
        ReadOnlySpan<byte> bytes = memory.Span;
        var scan = new EventScan();
        for (var at = 0; ;)
        {
            if (!JsonScan.See(bytes, ref at, out var found))
                return bytes.Length;
            if (found != (byte)'{')
                throw new JsonException("An event is a JSON object, and this is not.");
            var after = scan.Run(bytes, at);
            if (after < 0)
                return at;
            var utf8 = memory.Slice(at, after - at);
            if (scan.MayHoldLineBreaks)
                LineBreaks.Blank(utf8.Span);
            events.Add(new EventRecord(utf8, at, scan));
            at = after;
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= LargestLine)
            throw new JsonException($"One event of the stream is larger than {LargestLine >> 20} MiB.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Buffer.BlockCopy(buffer, 0, larger, 0, buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
