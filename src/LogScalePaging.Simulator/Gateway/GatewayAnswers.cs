using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Http;

namespace LogScalePaging.Simulator.Gateway;

/// <summary>Answers of the gateway itself, not of the server behind it.</summary>
internal static class GatewayAnswers
{
    /// <summary>The id of an answer: as long as a real one, and made from the request's number.</summary>
    public static string TraceId(long number) => number.ToString("x8", CultureInfo.InvariantCulture) + "-51d1-4a7e-8c5e-000000000000";

    public static HttpResponse Error(int status, string message, long number) => Error(status, status, message, number);

    /// <param name="status">Status of the answer, which may be a success.</param>
    /// <param name="code">Code of the error in it.</param>
    public static HttpResponse Error(int status, int code, string message, long number) => Json(status, new ByteWriter()
        .Add("{\"meta\":{\"query_time\":1.6e-7,\"powered_by\":\"crowdstrike-api-gateway\",\"trace_id\":"u8).AddString(TraceId(number))
        .Add("},\"errors\":[{\"code\":"u8).Add(code).Add(",\"message\":"u8).AddString(message).Add("}]}"u8));

    public static HttpResponse Json(int status, ByteWriter json) => new(status, "application/json", new BytesBody(json.ToArray()));

    /// <summary>Adds the time of the next try, in one of the known forms.</summary>
    public static HttpResponse ComeAgain(this HttpResponse response, RetryAfterForm form, DateTimeOffset now, DateTimeOffset next)
    {
        // Rounded up: a client that comes back at that second finds the new period.
        var second = (next.ToUnixTimeMilliseconds() + 999) / 1000;
        return form switch
        {
            RetryAfterForm.Seconds => response.With("Retry-After", Text(second - now.ToUnixTimeSeconds())),
            RetryAfterForm.Date => response.With("Retry-After",
                DateTimeOffset.FromUnixTimeSeconds(second).ToString("r", CultureInfo.InvariantCulture)),
            RetryAfterForm.EpochSeconds => response.With("X-RateLimit-RetryAfter", Text(second)),
            RetryAfterForm.EpochMilliseconds => response.With("X-RateLimit-RetryAfter", Text(next.ToUnixTimeMilliseconds())),
            RetryAfterForm.Past => response.With("X-RateLimit-RetryAfter", Text(now.ToUnixTimeSeconds() - 3600)),
            RetryAfterForm.Absurd => response.With("Retry-After", "999999999"),
            _ => response,
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
