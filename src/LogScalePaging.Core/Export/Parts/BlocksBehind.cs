using System.Buffers;
using System.Runtime.ExceptionServices;

namespace LogScalePaging.Export.Parts;

/// <summary>
/// Writes blocks in order on a separate thread while the caller fills the next ones. If the disk pauses, the caller does not wait as long
/// as there are free blocks. It does not use the thread pool, because its few threads are needed for the network.
/// </summary>
internal sealed class BlocksBehind : IDisposable
{
    // Waking a thread for each block, to write or to fill it, costs as much as the block itself.
    private const int WorthWaking = 4;

    private readonly int _size;
    private readonly int _most;
    private readonly Action<byte[], int> _take;
    private readonly object _gate = new();
    private readonly Queue<(byte[] Block, int Count)> _full = new();
    // The last written block is filled first, because it is in the processor's cache.
    private readonly Stack<byte[]> _empty = new();
    private int _made;
    private Thread? _thread;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    /// <param name="size">Minimum size of a block in bytes.</param>
    /// <param name="most">
    /// Maximum number of blocks. Each is allocated when it is first needed. With one block there is no other thread, and the caller waits
    /// for the write.
    /// </param>
    /// <param name="take">
    /// Writes the first bytes of a block. A later call throws its exception, at the latest <see cref="Drain"/>. No block is written after
    /// that.
    /// </param>
    public BlocksBehind(int size, int most, Action<byte[], int> take)
    {
        (_size, _most, _take) = (size, most, take);
        Current = Make();
    }

    /// <summary>The block to fill.</summary>
    public byte[] Current { get; private set; }

    /// <summary>Passes on the first bytes of the current block, and makes another block the current one.</summary>
    public void Next(int count)
    {
        if (_most == 1)
        {
            _take(Current, count);
            return;
        }
        lock (_gate)
        {
            _failure?.Throw();
            _full.Enqueue((Current, count));
            if (_full.Count == WorthWaking)
                Wake();
            if (_empty.Count == 0 && _made == _most)
            {
                while (_empty.Count < WorthWaking)
                    Monitor.Wait(_gate);
            }
            Current = _empty.Count > 0 ? _empty.Pop() : Make();
        }
    }

    /// <summary>Waits until every block that was passed on is written.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            // No thread is created for a few blocks.
            while (_thread is null && _full.Count > 0)
                Take(_full.Dequeue());
            Monitor.PulseAll(_gate);
            // All of them except the current one.
            while (_empty.Count < _made - 1)
                Monitor.Wait(_gate);
            _failure?.Throw();
        }
    }

    /// <summary>Returns the memory when no block is being written. Waiting blocks are not written any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
        _thread?.Join();
        foreach (var block in _full.Select(f => f.Block).Concat(_empty).Append(Current))
            ArrayPool<byte>.Shared.Return(block);
    }

    private void Wake()
    {
        if (_thread is null)
        {
            // If the system could not start a thread, there is none to wait for at the end.
            var thread = new Thread(TakeAll) { IsBackground = true, Name = "LogScalePaging file" };
            thread.Start();
            _thread = thread;
        }
        Monitor.PulseAll(_gate);
    }

    private void TakeAll()
    {
        while (NextFull() is { } full)
            Take(full);
    }

    private void Take((byte[] Block, int Count) full)
    {
        try
        {
            if (_failure is null)
                _take(full.Block, full.Count);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
        lock (_gate)
        {
            _empty.Push(full.Block);
            if (_full.Count == 0 || _empty.Count == WorthWaking)
                Monitor.PulseAll(_gate);
        }
    }

    private (byte[] Block, int Count)? NextFull()
    {
        lock (_gate)
        {
            while (_full.Count == 0 && !_ended)
                Monitor.Wait(_gate);
            return _ended ? null : _full.Dequeue();
        }
    }

    // Rented, because an export can have a thousand parts.
    private byte[] Make()
    {
        _made++;
        return ArrayPool<byte>.Shared.Rent(_size);
    }
}
