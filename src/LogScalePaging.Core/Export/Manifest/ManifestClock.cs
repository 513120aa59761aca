namespace LogScalePaging.Export.Manifest;

/// <summary>The clock of the last run, compared with the clock of the server.</summary>
/// <param name="Source">Which clock gave the times of the run.</param>
public sealed record ManifestClock(string Source)
{
    /// <summary>The only source: the clock of the operating system.</summary>
    public const string System = "System";

    /// <summary>The <c>Date</c> header of the server's answer that was compared; null if no answer had one.</summary>
    public DateTimeOffset? ServerDate { get; init; }

    /// <summary>The time of this machine when that answer arrived.</summary>
    public DateTimeOffset? LocalTime { get; init; }

    /// <summary>Milliseconds by which the server's clock is ahead of this machine's; negative if it is behind.</summary>
    public long? OffsetMilliseconds { get; init; }

    /// <summary>
    /// The offset can differ by this many milliseconds, because the header has whole seconds and the answer took some time.
    /// </summary>
    public long? UncertaintyMilliseconds { get; init; }
}
