using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Export.Runs;

/// <summary>The result of an export.</summary>
public sealed record ExportOutcome
{
    /// <summary>The verdict and its numbers.</summary>
    public required Completeness Completeness { get; init; }

    /// <summary>The manifest. It is saved next to the output if there is one.</summary>
    public required ExportManifest Manifest { get; init; }

    /// <summary>Full paths of the output files; empty when the run broke off.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Path of the manifest; null when the run broke off.</summary>
    public string? ManifestPath { get; init; }

    /// <summary>Path of the timestamp of the manifest; null if it has none.</summary>
    public string? TimestampPath { get; init; }

    /// <summary>Why the manifest got no timestamp although one was requested; null if it did. The output is in place.</summary>
    public Exception? TimestampError { get; init; }

    /// <summary>Folder from which the export can be resumed; null if it is not needed any more.</summary>
    public string? PartialPath { get; init; }

    /// <summary>The exception that broke the run; null if it ended normally.</summary>
    public Exception? Error { get; init; }

    /// <summary>True when the user interrupted it.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The time limit that ended the run (<see cref="ExportRequest.StopAfter"/>); null if it ended for another reason.</summary>
    public TimeSpan? StoppedAfter { get; init; }
}
