using LogScalePaging.Transport.Http;

namespace LogScalePaging.Falcon.Rest.Answers;

/// <summary>
/// The lifetime of the last page token. It is measured by the monotonic clock, because the system clocks of both machines can be wrong, and
/// can be changed.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class TokenLives(TimeProvider time)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private string? _token;
    private long _received;
    private TimeSpan? _life;

    /// <summary>True if the token is so old that the server no longer knows it.</summary>
    public bool IsDead(string token) => token == _token && _life is { } life && time.GetElapsedTime(_received) >= life;

    /// <summary>The time before which the token must be sent; null if its lifetime is not known.</summary>
    public long? UseBy(string? token) => token is not null && token == _token && _life is { } life
        // Some time is reserved for the network, and for a wait that ends a little late.
        ? _received + (long)(life.TotalSeconds * 0.8 * time.TimestampFrequency)
        : null;

    /// <summary>Records a token that was just received.</summary>
    /// <param name="token">The token.</param>
    /// <param name="expiresAt">
    /// When it expires, by the server's clock: a time since 1970, in any unit from seconds to nanoseconds. Null if the answer does not
    /// say it.
    /// </param>
    /// <param name="response">The answer with the token.</param>
    /// <param name="usual">Its lifetime if the answer does not say it; null if it is not known.</param>
    /// <param name="received">When the answer was received, by the monotonic clock.</param>
    public void Received(string token, long? expiresAt, ApiResponse response, TimeSpan? usual, long received)
    {
        (_token, _received, _life) = (token, received, usual);
        // Both times come from the server's clock, so it does not matter if that clock is wrong.
        if (expiresAt is { } moment && response.Date is { } now && Seconds(moment) - now.ToUnixTimeSeconds() is > 0 and var left
            && left < s_longest.TotalSeconds)
            _life = TimeSpan.FromSeconds(left);
    }

    private static double Seconds(long moment) => moment switch
    {
        >= 100_000_000_000_000_000 => moment / 1e9,
        >= 100_000_000_000_000 => moment / 1e6,
        >= 100_000_000_000 => moment / 1e3,
        _ => moment,
    };
}
