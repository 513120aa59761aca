namespace LogScalePaging.Simulator;

/// <summary>How a 429 of the gateway sends the time of the next try. The sources disagree, so each form is a setting.</summary>
public enum RetryAfterForm
{
    /// <summary><c>Retry-After</c> in seconds.</summary>
    Seconds,

    /// <summary><c>Retry-After</c> as an HTTP date.</summary>
    Date,

    /// <summary><c>X-RateLimit-RetryAfter</c> in seconds since 1970.</summary>
    EpochSeconds,

    /// <summary><c>X-RateLimit-RetryAfter</c> in milliseconds since 1970.</summary>
    EpochMilliseconds,

    /// <summary><c>X-RateLimit-RetryAfter</c> with a time in the past, as happens when clocks differ.</summary>
    Past,

    /// <summary><c>Retry-After</c> of some thirty years.</summary>
    Absurd,

    /// <summary>Neither header.</summary>
    None,
}
