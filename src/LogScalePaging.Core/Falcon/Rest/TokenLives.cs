using LogScalePaging.Transport.Http;

namespace LogScalePaging.Falcon.Rest;

/// <summary>
/// How long the page token that came last is good, by the steady clock: the clocks of both machines may be wrong, and may jump.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class TokenLives(TimeProvider time)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private string? _token;
    private long _received;
    private TimeSpan? _life;

    /// <summary>True when the token came so long ago that the server does not know it any more.</summary>
    public bool IsDead(string token) => token == _token && _life is { } life && time.GetElapsedTime(_received) >= life;

    /// <summary>The moment before which the token should be sent again; null when its life is not known.</summary>
    public long? UseBy(string? token) => token is not null && token == _token && _life is { } life
        // Room for the way there, and for a wait that ends a little late.
        ? _received + (long)(life.TotalSeconds * 0.8 * time.TimestampFrequency)
        : null;

    /// <summary>Notes a token that has just come.</summary>
    /// <param name="token">The token.</param>
    /// <param name="expiresAt">
    /// When it dies by the server's clock: a time since 1970, in any unit from seconds to nanoseconds. Null when that is not said.
    /// </param>
    /// <param name="response">The answer that it came with.</param>
    /// <param name="usual">Its life when nothing is said; null when that is not known.</param>
    /// <param name="received">When the answer came, by the steady clock.</param>
    public void Received(string token, long? expiresAt, ApiResponse response, TimeSpan? usual, long received)
    {
        (_token, _received, _life) = (token, received, usual);
        // Both times are the server's own, so its clock may be wrong.
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
