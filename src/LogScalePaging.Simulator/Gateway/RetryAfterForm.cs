namespace LogScalePaging.Simulator;

/// <summary>How a 429 of the gateway says when to come again. The sources disagree, so each way is a setting.</summary>
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

    /// <summary><c>X-RateLimit-RetryAfter</c> with a moment that has passed, as is seen when clocks differ.</summary>
    Past,

    /// <summary><c>Retry-After</c> of some thirty years.</summary>
    Absurd,

    /// <summary>Neither header.</summary>
    None,
}
