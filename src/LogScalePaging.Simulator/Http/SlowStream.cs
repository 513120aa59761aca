namespace LogScalePaging.Simulator.Http;

/// <summary>Writes in small steps, ten per second.</summary>
internal sealed class SlowStream(Stream inner, int bytesPerSecond, SimulatorClock clock) : ReplyStream(inner)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var step = Math.Max(1, bytesPerSecond / 10);
        for (var sent = 0; sent < count; sent += step)
        {
            await Inner.WriteAsync(buffer, offset + sent, Math.Min(step, count - sent), cancellationToken).ConfigureAwait(false);
            await Inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            await clock.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
