using System.Buffers;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Http;

/// <summary>
/// Rows between a beginning and an end, either separated by commas or each followed by a line feed. Long runs of adjacent stored events
/// are sent directly from the store.
/// </summary>
internal sealed class RowsBody(byte[] before, Rows rows, bool asLines, byte[] after) : ResponseBody
{
    private const int BufferSize = 256 * 1024;
    private const int WorthDirect = 64 * 1024;
    private const int MaxDirect = 1024 * 1024;

    private long _length = -1;

    public override long Length => _length < 0 ? _length = Measure() : _length;

    public override async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var used = 0;
            used = await AddAsync(before, used).ConfigureAwait(false);
            var stored = asLines ? rows as StoredRows : null;
            for (var i = 0; i < rows.Count;)
            {
                if (stored is not null)
                {
                    var run = Run(stored, i, out var count);
                    i += count;
                    if (run.Count > buffer.Length - used && used > 0)
                    {
                        await stream.WriteAsync(buffer, 0, used, cancellation).ConfigureAwait(false);
                        used = 0;
                    }
                    if (run.Count >= WorthDirect)
                    {
                        if (used > 0)
                            await stream.WriteAsync(buffer, 0, used, cancellation).ConfigureAwait(false);
                        used = 0;
                        await stream.WriteAsync(run.Array!, run.Offset, run.Count, cancellation).ConfigureAwait(false);
                    }
                    else
                    {
                        Buffer.BlockCopy(run.Array!, run.Offset, buffer, used, run.Count);
                        used += run.Count;
                    }
                    continue;
                }
                var room = rows.Json(i).Length + 1;
                if (room > buffer.Length - used)
                {
                    await stream.WriteAsync(buffer, 0, used, cancellation).ConfigureAwait(false);
                    used = 0;
                    if (room > buffer.Length)
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = ArrayPool<byte>.Shared.Rent(room);
                    }
                }
                used += Copy(i++, buffer, used);
            }
            used = await AddAsync(after, used).ConfigureAwait(false);
            if (used > 0)
                await stream.WriteAsync(buffer, 0, used, cancellation).ConfigureAwait(false);

            async Task<int> AddAsync(byte[] bytes, int at)
            {
                if (bytes.Length > buffer.Length - at)
                {
                    await stream.WriteAsync(buffer, 0, at, cancellation).ConfigureAwait(false);
                    await stream.WriteAsync(bytes, 0, bytes.Length, cancellation).ConfigureAwait(false);
                    return 0;
                }
                Buffer.BlockCopy(bytes, 0, buffer, at, bytes.Length);
                return at + bytes.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The bytes of an event and of the following ones, if they are adjacent in memory too.</summary>
    private static ArraySegment<byte> Run(StoredRows rows, int row, out int count)
    {
        var run = rows.Index.Memory(rows.Position(row));
        var length = run.Count;
        count = 1;
        while (row + count < rows.Count && length < MaxDirect)
        {
            var next = rows.Index.Memory(rows.Position(row + count));
            if (!ReferenceEquals(next.Array, run.Array) || next.Offset != run.Offset + length)
                break;
            length += next.Count;
            count++;
        }
        return new ArraySegment<byte>(run.Array!, run.Offset, length);
    }

    private int Copy(int row, byte[] buffer, int at)
    {
        var json = rows.Json(row);
        var start = at;
        if (!asLines && row > 0)
            buffer[at++] = (byte)',';
        json.CopyTo(buffer.AsSpan(at));
        at += json.Length;
        if (asLines)
            buffer[at++] = (byte)'\n';
        return at - start;
    }

    private long Measure()
    {
        long length = before.Length + after.Length + (asLines ? rows.Count : Math.Max(0, rows.Count - 1));
        for (var i = 0; i < rows.Count; i++)
            length += rows.Json(i).Length;
        return length;
    }
}
