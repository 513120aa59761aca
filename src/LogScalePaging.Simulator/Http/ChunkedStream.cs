using System.Globalization;
using System.Text;

namespace LogScalePaging.Simulator.Http;

/// <summary>Writes each write as a chunk.</summary>
internal sealed class ChunkedStream(Stream inner) : ReplyStream(inner)
{
    private static readonly byte[] LineEnd = [13, 10];
    private static readonly byte[] Last = Encoding.ASCII.GetBytes("0\r\n\r\n");

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
            return;
        var size = Encoding.ASCII.GetBytes(count.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        await Inner.WriteAsync(size, 0, size.Length, cancellationToken).ConfigureAwait(false);
        await Inner.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        await Inner.WriteAsync(LineEnd, 0, 2, cancellationToken).ConfigureAwait(false);
    }

    public Task FinishAsync(CancellationToken cancellation) => Inner.WriteAsync(Last, 0, Last.Length, cancellation);
}
