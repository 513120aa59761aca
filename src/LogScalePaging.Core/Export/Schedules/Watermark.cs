using LogScalePaging.Diagnostics;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Schedules;

/// <summary>
/// The state of a schedule between its runs: how far it has come, and which events of the look-back window it has. It has no secret.
/// </summary>
internal sealed record Watermark
{
    /// <summary>The layout that this version writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Layout of this file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Name and version of the tool that wrote it.</summary>
    public string Tool { get; init; } = ToolInfo.NameAndVersion;

    /// <summary>The query and the server. It has no range.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>What the records look like.</summary>
    public required RecordSchema Schema { get; init; }

    /// <summary>Time zone of the query; null for the server's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Key of the hashes in <see cref="Rows"/>, in base64.</summary>
    public required string Key { get; init; }

    /// <summary>Where the first run began, in epoch milliseconds.</summary>
    public required long First { get; init; }

    /// <summary>
    /// The time of the first run by its clock, in epoch milliseconds, if the schedule begins some time before it; null if it begins at a
    /// fixed time, and in files of earlier versions.
    /// </summary>
    public long? FirstAt { get; init; }

    /// <summary>The time up to which all events are in outputs, in epoch milliseconds. The next step begins here.</summary>
    public required long Position { get; init; }

    /// <summary>The time from which <see cref="Rows"/> has the rows of all outputs. Nothing before it is read again.</summary>
    public required long KnownFrom { get; init; }

    /// <summary>The text of <see cref="SeenRows"/>.</summary>
    public string Rows { get; init; } = "";

    /// <summary>The hours before <see cref="KnownFrom"/> that are still counted.</summary>
    public IReadOnlyList<WatchedHour> Watched { get; init; } = [];

    /// <summary>Steps that were published.</summary>
    public long Steps { get; init; }

    /// <summary>Events in all outputs.</summary>
    public long Events { get; init; }

    /// <summary>Events that arrived after the look-back window and are in no output.</summary>
    public long TooLate { get; init; }

    /// <summary>The latest time by the clock of the server that a run saw, in epoch milliseconds.</summary>
    public long? LatestNow { get; init; }

    /// <summary>
    /// The watermark before it was moved back, in epoch milliseconds; null if it never was. Steps that begin before this time can have the
    /// names of earlier outputs.
    /// </summary>
    public long? MovedFrom { get; init; }

    /// <summary>
    /// When the last step was begun, in epoch milliseconds by the clock of the server; null if it is not known. What arrived long before is
    /// in outputs.
    /// </summary>
    public long? ReadAt { get; init; }

    /// <summary>Whether late events can be found by their ingest time; null before the first test.</summary>
    public ArrivalTrust? Arrivals { get; init; }

    /// <summary>When all of <see cref="Watched"/> were compared with the server, in epoch milliseconds by its clock.</summary>
    public long? ComparedAll { get; init; }

    /// <summary>Full path of the last output.</summary>
    public string? LastPath { get; init; }

    /// <summary>The step that is not committed yet; null between runs.</summary>
    public PendingStep? Pending { get; init; }
}
