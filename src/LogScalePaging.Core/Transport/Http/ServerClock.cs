namespace LogScalePaging.Transport.Http;

/// <summary>The server's clock compared with this machine's, from the <c>Date</c> header of the answers.</summary>
internal sealed class ServerClock
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private ClockSample? _best;

    /// <summary>The most exact comparison so far; null if no answer had a date.</summary>
    public ClockSample? Best => Volatile.Read(ref _best);

    /// <summary>Compares the clocks.</summary>
    /// <param name="date">The header, which the server cuts to the second.</param>
    /// <param name="sent">When the request was sent, by this machine's clock.</param>
    /// <param name="received">When the head of the answer arrived, by the same clock.</param>
    public void Observe(DateTimeOffset? date, DateTimeOffset sent, DateTimeOffset received)
    {
        // A clock that was set in between compares nothing.
        if (date is not { } server || received < sent)
            return;
        // The server wrote the date between the two, and its clock was at most a second later. A date can be the last one of the calendar.
        var (least, most) = (server - received, server - sent + s_second);
        var sample = new ClockSample(server, received, TimeSpan.FromTicks((least.Ticks + most.Ticks) / 2),
            TimeSpan.FromTicks((most - least).Ticks / 2));
        if (Best is not { } best || sample.Uncertainty < best.Uncertainty)
            Volatile.Write(ref _best, sample);
    }
}
