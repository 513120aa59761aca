namespace LogScalePaging.Simulator.Http;

/// <summary>A body after the byte order mark of UTF-8.</summary>
internal sealed class MarkedBody(ResponseBody inner) : ResponseBody
{
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    public override long Length => inner.Length == 0 ? 0 : Mark.Length + inner.Length;

    public override async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        if (inner.Length == 0)
            return;
        await stream.WriteAsync(Mark, 0, Mark.Length, cancellation).ConfigureAwait(false);
        await inner.WriteAsync(stream, cancellation).ConfigureAwait(false);
    }
}
