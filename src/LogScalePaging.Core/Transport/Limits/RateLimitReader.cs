using System.Globalization;
using System.Net.Http.Headers;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Limits;

/// <summary>Reads a server's rate headers, whose forms the sources disagree about.</summary>
internal static class RateLimitReader
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(300);

    /// <summary>The rate limit of an answer; null when no header speaks of one.</summary>
    public static RateLimit? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var limit = Number(headers, "X-RateLimit-Limit");
        var remaining = Number(headers, "X-RateLimit-Remaining");
        var wait = RetryAfter(headers, time);
        return limit is null && remaining is null && wait is null ? null : new RateLimit((long?)limit, (long?)remaining, wait);
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        // The server computed its dates by its own clock: when it tells that clock, this machine's is not asked.
        var now = headers.Date ?? time.GetUtcNow();
        if (Text(headers, "Retry-After") is { } text)
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
                return Clamp(seconds);
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
                return Clamp((date - now).TotalSeconds);
        }
        if (Number(headers, "X-RateLimit-RetryAfter") is { } moment)
            return FromMoment(moment, now);
        // Axiom says when the period ends instead of how long to wait; that is a wait only once nothing is left. It limits the requests,
        // and apart from them the queries.
        return Used(headers, "X-RateLimit", now) is { } requests && Used(headers, "X-QueryLimit", now) is { } queries
            ? requests > queries ? requests : queries
            : Used(headers, "X-RateLimit", now) ?? Used(headers, "X-QueryLimit", now);
    }

    private static TimeSpan? Used(HttpResponseHeaders headers, string limit, DateTimeOffset now) =>
        Number(headers, $"{limit}-Remaining") is <= 0 && Number(headers, $"{limit}-Reset") is { } reset ? FromMoment(reset, now) : null;

    // Epoch milliseconds, epoch seconds, or seconds from now: no two of them are near each other.
    private static TimeSpan FromMoment(double moment, DateTimeOffset now) => moment switch
    {
        >= 1e11 => Clamp((moment / 1000) - (now.ToUnixTimeMilliseconds() / 1000d)),
        >= 1e8 => Clamp(moment - (now.ToUnixTimeMilliseconds() / 1000d)),
        _ => Clamp(moment),
    };

    private static TimeSpan Clamp(double seconds) =>
        !(seconds > 0) ? TimeSpan.Zero : seconds >= s_longest.TotalSeconds ? s_longest : TimeSpan.FromSeconds(seconds);

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is > -1e15 and < 1e15
            ? number
            : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;
}
