namespace LogScalePaging.Simulator.Http;

/// <summary>A body in memory.</summary>
internal sealed class BytesBody(byte[] bytes) : ResponseBody
{
    public override long Length => bytes.Length;

    public override Task WriteAsync(Stream stream, CancellationToken cancellation) =>
        stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
}
