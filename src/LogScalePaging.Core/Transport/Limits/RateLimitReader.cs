using System.Globalization;
using System.Net.Http.Headers;
using LogScalePaging.Diagnostics;

namespace LogScalePaging.Transport.Limits;

/// <summary>Reads a server's rate headers. The sources disagree about their form.</summary>
internal static class RateLimitReader
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(300);

    /// <summary>The rate limit of an answer; null if no header has one.</summary>
    public static RateLimit? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var limit = Number(headers, "X-RateLimit-Limit");
        var remaining = Number(headers, "X-RateLimit-Remaining");
        var wait = RetryAfter(headers, time);
        return limit is null && remaining is null && wait is null ? null : new RateLimit((long?)limit, (long?)remaining, wait);
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        // The server computed its dates with its own clock. If the answer has the server's time, this machine's clock is not used.
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
        // Axiom sends the end of the period instead of a wait, for requests and for queries. It is a wait only if nothing is left.
        return Used(headers, "X-RateLimit-", now) is { } requests && Used(headers, "X-QueryLimit-", now) is { } queries
            ? requests > queries ? requests : queries
            : Used(headers, "X-RateLimit-", now) ?? Used(headers, "X-QueryLimit-", now);
    }

    private static TimeSpan? Used(HttpResponseHeaders headers, string limit, DateTimeOffset now) =>
        Number(headers, limit + "Remaining") is <= 0 && Number(headers, limit + "Reset") is { } reset ? FromMoment(reset, now) : null;

    // Epoch milliseconds, epoch seconds, or seconds from now. The sizes of the numbers do not overlap.
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
