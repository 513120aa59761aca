using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>What an export came to.</summary>
public sealed record ExportResult
{
    /// <summary>The verdict and its numbers.</summary>
    public required Completeness Completeness { get; init; }

    /// <summary>The manifest: all that is known of the run. Saved beside the output when there is one.</summary>
    public required ExportManifest Manifest { get; init; }

    /// <summary>Full paths of the output files; empty when the run broke off.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Path of the manifest; null when the run broke off.</summary>
    public string? ManifestPath { get; init; }

    /// <summary>Folder with what was read, from which the export can be resumed; null when it is not needed any more.</summary>
    public string? PartialPath { get; init; }

    /// <summary>What broke the run; null when it came to its end.</summary>
    public Exception? Error { get; init; }

    /// <summary>True when the user interrupted it.</summary>
    public bool Interrupted { get; init; }
}
