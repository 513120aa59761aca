using System.Buffers;
using System.Text.Json;
using LogScalePaging.Transport.Errors;
using LogScalePaging.Transport.Limits;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// Reads a body ahead: while the caller works on the bytes it has, the next bytes are read into another buffer. Bytes that could not be
/// used yet are put before them, so that a value which was received in pieces is contiguous.
/// </summary>
/// <param name="body">The body; it stays open.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class ReadAhead(Stream body, CancellationToken cancellationToken) : IAsyncDisposable
{
    // Small enough that the bytes are still in the core's cache when they are processed.
    private const int ReadSize = 64 * 1024;
    private const int MostAtOnce = 1 << 22;

    // A pool would keep larger buffers, one for each thread that gave some back.
    private const int MostPooled = 1 << 20;

    // Real events are smaller: buffers of this size are freed at once.
    private const int LargeRoom = 4 << 20;

    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private byte[] _buffer = [];
    private byte[] _next = ArrayPool<byte>.Shared.Rent(2 * ReadSize);
    private Task<int>? _coming;
    // New bytes are written after this offset. Unused bytes of the last read are put before it.
    private int _room = ReadSize;
    private int _start;
    private int _end;
    private bool _isLarge;

    /// <summary>The bytes that are received and not used yet; valid until the next call.</summary>
    public Memory<byte> Bytes => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Waits for more bytes.</summary>
    /// <param name="used">How many of <see cref="Bytes"/> were used.</param>
    /// <returns>False at the end of the body. <see cref="Bytes"/> then holds the rest.</returns>
    /// <exception cref="JsonException">The unused bytes are larger than a value may be.</exception>
    public async ValueTask<bool> MoreAsync(int used)
    {
        _start += used;
        var left = _end - _start;
        var read = await (_coming ?? ReadAsync(0, ReadSize)).ConfigureAwait(false);
        _coming = null;
        if (read == 0)
            return false;
        if (left > _room)
        {
            if (_room >= MostPooled)
                await EnterLargeAsync().ConfigureAwait(false);
            // The buffer doubles, and is scanned again only when it is full. Scanning a large value again with every packet would take too
            // long.
            MakeRoom(left, read);
            for (int more; read < AtOnce && (more = await ReadAsync(read, AtOnce - read).ConfigureAwait(false)) > 0;)
                read += more;
        }
        Buffer.BlockCopy(_buffer, _start, _next, _room - left, left);
        (_buffer, _next) = (_next, _buffer);
        (_start, _end) = (_room - left, _room + read);
        if (_next.Length < _room + ReadSize)
            Replace(ref _next, Rent());
        _coming = ReadAsync(0, ReadSize);
        return true;
    }

    /// <summary>Waits until the connection reads no other large answer, because many at once would need too much memory.</summary>
    public async ValueTask EnterLargeAsync()
    {
        if (_isLarge || body is not BodyStream { LargeAnswers: { } gate })
            return;
        await gate.WaitAsync(_ending.Token).ConfigureAwait(false);
        _isLarge = true;
    }

    private int AtOnce => Math.Min(_room, MostAtOnce);

    /// <summary>Ends a running read, and returns the buffers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_coming is { } coming)
        {
            _coming = null;
            if (!coming.IsCompleted)
                _ending.Cancel();
            // The result is not needed, but the buffer stays in use until the read has ended.
            await coming.ContinueWith(static read => read.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default).ConfigureAwait(false);
        }
        Replace(ref _buffer, []);
        Replace(ref _next, []);
        if (_isLarge)
        {
            if (_room > LargeRoom)
                LargeGarbage.Collect();
            ((BodyStream)body).LargeAnswers!.Release();
        }
        _ending.Dispose();
    }

    private Task<int> ReadAsync(int behind, int count) =>
#if NET8_0_OR_GREATER
        body.ReadAsync(_next.AsMemory(_room + behind, count), _ending.Token).AsTask();
#else
        body.ReadAsync(_next, _room + behind, count, _ending.Token);
#endif

    private void MakeRoom(int left, int read)
    {
        var old = _room;
        while (_room < left)
        {
            if (_room >= AnswerLimits.ValueBytes)
                throw AnswerLimitException.Bytes("A value of the answer", AnswerLimits.ValueBytes);
            _room *= 2;
        }
        var larger = Rent();
        Buffer.BlockCopy(_next, old, larger, _room, read);
        Replace(ref _next, larger);
        if (_isLarge && _room > LargeRoom)
            LargeGarbage.Collect();
    }

    private byte[] Rent()
    {
        var size = _room + Math.Max(AtOnce, ReadSize);
        return size > MostPooled ? new byte[size] : ArrayPool<byte>.Shared.Rent(size);
    }

    private static void Replace(ref byte[] buffer, byte[] by)
    {
        if (buffer.Length is > 0 and <= MostPooled)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = by;
    }
}
