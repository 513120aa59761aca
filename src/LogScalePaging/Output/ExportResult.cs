using LogScalePaging.Common;
using Engine = LogScalePaging.Export.ExportResult;

namespace LogScalePaging;

/// <summary>What an export came to: what <c>Invoke-QueryJobExport</c> and <c>Resume-PagedExport</c> emit.</summary>
public sealed class ExportResult
{
    internal ExportResult(Engine result, string path)
    {
        var manifest = result.Manifest;
        State = manifest.State;
        Reason = manifest.Reason is { } reason ? OptionNames.ForPowerShell(reason) : null;
        Events = result.Files.Count > 0 ? manifest.Counts.Written : result.Completeness.Received;
        Expected = manifest.Counts.Expected;
        CountedAfter = manifest.Counts.ExpectedAfter;
        Missing = manifest.Counts.Missing;
        Late = manifest.Counts.Late;
        Duplicates = manifest.Counts.DuplicatesDropped;
        Query = manifest.Query;
        Repository = manifest.Repository;
        RangeStart = EpochTime.Utc(manifest.Range.Start);
        RangeEnd = EpochTime.Utc(manifest.Range.End);
        Strategy = manifest.Strategy;
        Format = manifest.Format;
        Path = path;
        // Arrays: PowerShell cannot index what is only a read-only list.
        Files = (string[])[.. result.Files];
        Bytes = manifest.Files.Sum(f => f.Bytes);
        Sha256 = manifest.Files.Count == 1 ? manifest.Files[0].Sha256 : null;
        Duration = manifest.Duration;
        // The time is that of the last run, the events are those of all: for a resumed export the rate would be a boast.
        EventsPerSecond = manifest.Resumes == 0 && Duration > TimeSpan.Zero ? Math.Round(Events / Duration.TotalSeconds) : null;
        Resumes = manifest.Resumes;
        Requests = manifest.Requests;
        Retries = manifest.Retries;
        ManifestPath = result.ManifestPath;
        PartialPath = result.PartialPath;
        Warnings = (string[])[.. manifest.Warnings.Select(OptionNames.ForPowerShell)];
    }

    /// <summary><c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>.</summary>
    public string State { get; }

    /// <summary>Why, in one sentence.</summary>
    public string? Reason { get; }

    /// <summary>Events in the file; of an export that broke off, events that are safe on disk.</summary>
    public long Events { get; }

    /// <summary>Events that the server counted when the export began; null when it was not asked or could not say.</summary>
    public long? Expected { get; }

    /// <summary>Events that the server counted afterwards; null when it was not asked again.</summary>
    public long? CountedAfter { get; }

    /// <summary>Events that should be in the file and are not; null when it cannot be known.</summary>
    public long? Missing { get; }

    /// <summary>Events that reached the range while it was read and are not in the file.</summary>
    public long Late { get; }

    /// <summary>Repeated events that were dropped.</summary>
    public long Duplicates { get; }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>Repository or view.</summary>
    public string Repository { get; }

    /// <summary>Start of the range as it was pinned.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the range as it was pinned.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>How the events were got.</summary>
    public string Strategy { get; }

    /// <summary><c>json</c>, <c>ndjson</c> or <c>csv</c>.</summary>
    public string Format { get; }

    /// <summary>Full path of the file that was asked for.</summary>
    public string Path { get; }

    /// <summary>Full paths of the files that were made; none when the export broke off.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Size of the files.</summary>
    public long Bytes { get; }

    /// <summary>SHA-256 of the file; null when there is none or more than one.</summary>
    public string? Sha256 { get; }

    /// <summary>Time that it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Events a second; null for an export that was resumed.</summary>
    public double? EventsPerSecond { get; }

    /// <summary>How often it was resumed.</summary>
    public int Resumes { get; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; }

    /// <summary>Requests repeated.</summary>
    public long Retries { get; }

    /// <summary>The record of the run; null when it broke off.</summary>
    public string? ManifestPath { get; }

    /// <summary>Folder from which the export can be resumed; null when it is not needed any more.</summary>
    public string? PartialPath { get; }

    /// <summary>Warnings on the way.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>State, reason and path.</summary>
    public override string ToString() => FormattableString.Invariant($"{State}: {Events:N0} events in {Path} ({Reason})");
}
