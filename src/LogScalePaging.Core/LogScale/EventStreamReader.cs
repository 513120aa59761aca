using System.Buffers;
using System.Text.Json;
using LogScalePaging.Paging;

namespace LogScalePaging.LogScale;

/// <summary>
/// Reads the answer of the <c>/query</c> endpoint: an event a line, no metadata and no end mark. A line that is cut short is an
/// error, but a stream that ends between two lines looks whole: only a count proves it.
/// </summary>
internal static class EventStreamReader
{
    private const int InitialBuffer = 256 * 1024;
    private const int LargestLine = 1 << 30;
    private const int PageRows = 4_000;

    /// <summary>Reads the stream to its end, handing on pages of events in the server's order.</summary>
    /// <exception cref="JsonException">A line is not an event.</exception>
    public static async Task ReadAsync(Stream body, Action<List<EventRecord>> take, CancellationToken cancellationToken)
    {
        var arena = new EventArena();
        var page = new List<EventRecord>(PageRows);
        var buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
        var filled = 0;
        try
        {
            while (await body.ReadAsync(buffer, filled, buffer.Length - filled, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                filled += read;
                var used = 0;
                for (int length; (length = Array.IndexOf(buffer, (byte)'\n', used, filled - used)) >= 0; used = length + 1)
                {
                    Add(page, arena, buffer.AsSpan(used, length - used));
                    if (page.Count == PageRows)
                        Hand(ref page, take);
                }
                filled -= used;
                Buffer.BlockCopy(buffer, used, buffer, 0, filled);
                if (filled == buffer.Length)
                    buffer = Grow(buffer);
            }
            // The last line may have no break; one that was cut is no JSON object.
            Add(page, arena, buffer.AsSpan(0, filled));
            Hand(ref page, take);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Add(List<EventRecord> page, EventArena arena, ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[line.Length - 1] == (byte)'\r')
            line = line.Slice(0, line.Length - 1);
        if (line.Length > 0)
            page.Add(EventRecord.Parse(arena.Copy(line)));
    }

    private static void Hand(ref List<EventRecord> page, Action<List<EventRecord>> take)
    {
        if (page.Count == 0)
            return;
        take(page);
        page = new List<EventRecord>(PageRows);
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
