namespace LogScalePaging.Simulator.Http;

/// <summary>Writes a number of bytes, then ends the connection.</summary>
internal sealed class CutStream(Stream inner, long allowed) : ReplyStream(inner)
{
    private long _left = allowed;

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var passing = (int)Math.Min(count, _left);
        await Inner.WriteAsync(buffer, offset, passing, cancellationToken).ConfigureAwait(false);
        _left -= passing;
        if (passing < count)
        {
            await Inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            throw new ConnectionCutException();
        }
    }
}
