namespace LogScalePaging.Records;

/// <summary>How a system writes times, and in what unit the engine counts them.</summary>
public enum TimeUnit
{
    /// <summary>An integer, or a string of digits: milliseconds since 1970 UTC. Counted in milliseconds.</summary>
    Milliseconds,

    /// <summary>The same in nanoseconds. Counted in nanoseconds.</summary>
    Nanoseconds,

    /// <summary>Text such as <c>2026-05-01T08:00:00.123456789Z</c>, with any offset. Counted in nanoseconds.</summary>
    Iso8601,
}
