using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// The body of a request. It calls a method right before it is sent, when there is a connection already. Mono does not call the methods of
/// a class that derives from <see cref="ByteArrayContent"/>.
/// </summary>
/// <param name="bytes">The body.</param>
/// <param name="sending">Is called before the first byte. An exception from it prevents that the body is sent.</param>
internal sealed class AnnouncedContent(ArraySegment<byte> bytes, Action sending) : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        sending();
        return stream.WriteAsync(bytes.Array!, bytes.Offset, bytes.Count);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Count;
        return true;
    }
}
