namespace LogScalePaging.Diagnostics;

/// <summary>A rate limit as an answer's headers stated it.</summary>
/// <param name="Limit">Requests allowed in the server's period.</param>
/// <param name="Remaining">Requests left in it.</param>
/// <param name="RetryAfter">How long the server asks to wait, between 0 and 300 s.</param>
public sealed record RateLimit(long? Limit, long? Remaining, TimeSpan? RetryAfter);
