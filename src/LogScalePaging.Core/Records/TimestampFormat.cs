namespace LogScalePaging.Records;

/// <summary>How the times of records are written into a result.</summary>
public enum TimestampFormat
{
    /// <summary>As the server sent them.</summary>
    AsSent,

    /// <summary>In ISO 8601, UTC, with 3 decimals for milliseconds and 9 for nanoseconds.</summary>
    Iso,
}
