using System.Text;
using System.Threading.Channels;

namespace LogScalePaging.Core.Tests.Support;

/// <summary>A stream that returns bytes when a test provides them.</summary>
internal sealed class HandedStream : Stream
{
    private readonly Channel<object> _steps = Channel.CreateUnbounded<object>();
    private readonly SemaphoreSlim _asked = new(0);
    private ReadOnlyMemory<byte> _left;
    private int _underWay;

    public int UnderWay => _underWay;

    public int MostAtOnce { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Hand(string text) => Hand(Encoding.UTF8.GetBytes(text));

    public void Hand(ReadOnlyMemory<byte> bytes) => _steps.Writer.TryWrite(bytes);

    public void Fail(Exception failure) => _steps.Writer.TryWrite(failure);

    public void End() => _steps.Writer.Complete();

    /// <summary>Waits until bytes have been asked for as often as that.</summary>
    public async Task Asked(int times)
    {
        for (var i = 0; i < times; i++)
            await _asked.WaitAsync();
    }

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(NextAsync(buffer, cancellationToken));
#endif

    // The engine for .NET Standard 2.0 knows this overload only.
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        NextAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<int> NextAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _underWay));
        _asked.Release();
        try
        {
            if (_left.IsEmpty)
            {
                if (!await _steps.Reader.WaitToReadAsync(cancellationToken))
                    return 0;
                _steps.Reader.TryRead(out var step);
                _left = step is Exception failure ? throw failure : (ReadOnlyMemory<byte>)step!;
            }
            var count = Math.Min(buffer.Length, _left.Length);
            _left.Span[..count].CopyTo(buffer.Span);
            _left = _left[count..];
            return count;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
