using System.Text.Json.Serialization;
using LogScalePaging.Export.Manifest;

namespace LogScalePaging.Export.Schedules;

/// <summary>The step of a schedule that has begun and is not committed yet.</summary>
/// <param name="Path">Full path of its output.</param>
/// <param name="From">Start of the range that is read, in epoch milliseconds: the start of the step less the look-back.</param>
/// <param name="Start">Start of the step.</param>
/// <param name="End">End of the step.</param>
internal sealed record PendingStep(string Path, long From, long Start, long End)
{
    /// <summary>The start in the name of its output. It is another one if an earlier output has the name.</summary>
    [JsonIgnore]
    public long Named { get; init; } = Start;

    /// <summary>The time when it was begun, in epoch milliseconds, if the clocks agreed; else null.</summary>
    public long? At { get; init; }

    /// <summary>The files of the output with their hashes, since the output was complete; null before.</summary>
    public IReadOnlyList<OutputFile>? Files { get; init; }

    /// <summary>The watermark after this step, since the output was complete; null before.</summary>
    public Watermark? Next { get; init; }
}
