using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// The body of an answer for its reader. Every read has a time limit. A broken connection is an <see cref="ApiException"/>. A body that
/// ends before its length is broken too (.NET Framework would report it as the end).
/// </summary>
internal sealed class BodyStream(Stream inner, long? length, Watchdog watchdog, ConnectionCounters counters,
    Func<ApiErrorKind, Exception, ApiException> failure) : Stream
{
    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] _peeked = [];
    private int _peekedAt;

    /// <summary>Bytes received so far.</summary>
    public long Received { get; private set; }

    /// <summary>Limit of bytes; null if the reader has its own limit.</summary>
    public long? MostBytes { get; init; }

    /// <summary>Held while a large answer is read, so that only one is read at a time; null for no limit.</summary>
    public SemaphoreSlim? LargeAnswers { get; init; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// The first byte that is not white space; -1 for an empty body. Reading still starts before it, but after a byte order mark, which
    /// is not part of the text.
    /// </summary>
    public async Task<int> PeekAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        for (var (filled, looked) = (0, 0); filled < buffer.Length;)
        {
            var count = await ReceiveAsync(buffer, filled, buffer.Length - filled, cancellationToken).ConfigureAwait(false);
            filled += count;
            _peeked = buffer.AsSpan(0, filled).ToArray();
            if (count == 0)
                return -1;
            for (; looked < filled; looked++)
            {
                // A byte order mark is not content either.
                if (buffer[looked] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
                {
                    if (_peeked.AsSpan().StartsWith(s_byteOrderMark))
                        _peekedAt = s_byteOrderMark.Length;
                    return buffer[looked];
                }
            }
        }
        return -1;
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        TakePeeked(buffer.AsSpan(offset, count)) is > 0 and var taken
            ? taken
            : await ReceiveAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);

    // For readers that use the older overload. It does the same.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

#if NET8_0_OR_GREATER
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        TakePeeked(buffer.Span) is > 0 and var taken ? new(taken) : ReceiveAsync(buffer, cancellationToken);

    private ValueTask<int> ReceiveAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReceiveAsync(buffer.AsMemory(offset, count), cancellationToken);

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var linked = Link(cancellationToken);
        watchdog.Watch();
        try
        {
            return Account(await inner.ReadAsync(buffer, linked?.Token ?? watchdog.Token).ConfigureAwait(false), buffer.Length);
        }
        catch (Exception e) when (Translate(e, cancellationToken) is { } translated)
        {
            throw translated;
        }
        finally
        {
            watchdog.Rest();
        }
    }
#else
    private async Task<int> ReceiveAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        using var linked = Link(cancellationToken);
        // The network stream of .NET Framework ignores the token. Only closing it ends a read.
        using var closing = (linked?.Token ?? watchdog.Token).Register(static stream => ((Stream)stream!).Dispose(), inner);
        watchdog.Watch();
        try
        {
            return Account(await inner.ReadAsync(buffer, offset, count, linked?.Token ?? watchdog.Token).ConfigureAwait(false), count);
        }
        catch (Exception e) when (Translate(e, cancellationToken) is { } translated)
        {
            throw translated;
        }
        finally
        {
            watchdog.Rest();
        }
    }
#endif

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    // The watchdog already includes the caller's own token. Only another token needs a linked source.
    private CancellationTokenSource? Link(CancellationToken other) =>
        other.CanBeCanceled && other != watchdog.User ? CancellationTokenSource.CreateLinkedTokenSource(watchdog.Token, other) : null;

    private int Account(int count, int wanted)
    {
        if (count == 0 && wanted > 0 && Received < length)
            throw new EndOfStreamException($"The answer ended after {Received} of {length} bytes.");
        Received += count;
        if (Received > MostBytes)
            throw AnswerLimitException.Bytes("The answer", MostBytes.Value);
        counters.Received(count);
        Telemetry.Bytes(count);
        return count;
    }

    private Exception? Translate(Exception exception, CancellationToken other)
    {
        if (watchdog.User.IsCancellationRequested)
            return new OperationCanceledException(watchdog.User);
        if (other.IsCancellationRequested)
            return new OperationCanceledException(other);
        if (watchdog.Expired)
            return failure(ApiErrorKind.Timeout, exception);
        return exception switch
        {
            // The client was closed.
            ObjectDisposedException => null,
            // The compressed data cannot be unpacked. Each format reports this in its own way, Brotli as an invalid operation.
            InvalidDataException or InvalidOperationException or FormatException
                or OverflowException => failure(ApiErrorKind.InvalidAnswer, exception),
            IOException or HttpRequestException or System.Net.WebException
                or System.Net.Sockets.SocketException => failure(ApiErrorKind.ConnectionLost, exception),
            _ => null,
        };
    }

    private int TakePeeked(Span<byte> target)
    {
        var count = Math.Min(target.Length, _peeked.Length - _peekedAt);
        _peeked.AsSpan(_peekedAt, count).CopyTo(target);
        _peekedAt += count;
        return count;
    }
}
