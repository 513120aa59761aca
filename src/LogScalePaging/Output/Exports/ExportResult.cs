using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using Engine = LogScalePaging.Export.Runs.ExportOutcome;

namespace LogScalePaging;

/// <summary>The result of an export: the output of the cmdlets that export, and of <c>Resume-PagedExport</c>.</summary>
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
        ContinuationMissing = manifest.Signals.TryGetValue(nameof(SignalKind.ContinuationMissing), out var missing) ? missing : 0;
        System = manifest.System;
        Tenant = manifest.Tenant;
        Query = manifest.Query;
        Repository = manifest.Repository;
        RangeStart = EpochTime.Utc(manifest.Range.Start, manifest.Schema.TimeUnit);
        RangeEnd = EpochTime.Utc(manifest.Range.End, manifest.Schema.TimeUnit);
        Strategy = manifest.Strategy;
        Format = manifest.Format;
        Path = path;
        // Arrays, because PowerShell cannot index a read-only list.
        Files = (string[])[.. result.Files];
        Bytes = manifest.Files.Sum(f => f.Bytes);
        Sha256 = manifest.Files.Count == 1 ? manifest.Files[0].Sha256 : null;
        Duration = manifest.Duration;
        // The duration is that of the last run, but the events are those of all runs. A rate would be too high.
        EventsPerSecond = manifest.Resumes == 0 && Duration > TimeSpan.Zero ? Math.Round(Events / Duration.TotalSeconds) : null;
        Resumes = manifest.Resumes;
        Requests = manifest.Requests;
        Retries = manifest.Retries;
        ManifestPath = result.ManifestPath;
        TimestampPath = result.TimestampPath;
        PartialPath = result.PartialPath;
        PlanId = manifest.Plan;
        Slice = manifest.Slice;
        Warnings = (string[])[.. manifest.Warnings.Select(OptionNames.ForPowerShell)];
    }

    /// <summary><c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>.</summary>
    public string State { get; }

    /// <summary>Why, in one sentence.</summary>
    public string? Reason { get; }

    /// <summary>Events in the file; for an export that broke off, the saved events.</summary>
    public long Events { get; }

    /// <summary>Events that the server counted when the export began; null without a count.</summary>
    public long? Expected { get; }

    /// <summary>Events that the server counted at the end; null without a second count.</summary>
    public long? CountedAfter { get; }

    /// <summary>Events that should be in the file but are not; null if it is not known.</summary>
    public long? Missing { get; }

    /// <summary>Events that arrived during the export and are not in the file.</summary>
    public long Late { get; }

    /// <summary>Repeated events that were dropped.</summary>
    public long Duplicates { get; }

    /// <summary>How often an answer did not say how to continue although records were missing. They were read again.</summary>
    public long ContinuationMissing { get; }

    /// <summary>Kind of server.</summary>
    public string System { get; }

    /// <summary>The tenant, such as a member CID of Falcon; null for the account's own data.</summary>
    public string? Tenant { get; }

    /// <summary>The query, or the filter of an endpoint.</summary>
    public string Query { get; }

    /// <summary>Repository, view, dataset or endpoint.</summary>
    public string Repository { get; }

    /// <summary>Start of the range as it was pinned.</summary>
    public DateTimeOffset? RangeStart { get; }

    /// <summary>End of the range as it was pinned.</summary>
    public DateTimeOffset? RangeEnd { get; }

    /// <summary>Both as text, in UTC. A job sends a time as text without its milliseconds, and this text as it is.</summary>
    public string Range => Display.Range(RangeStart, RangeEnd);

    /// <summary>Name of the strategy.</summary>
    public string Strategy { get; }

    /// <summary><c>json</c>, <c>ndjson</c> or <c>csv</c>.</summary>
    public string Format { get; }

    /// <summary>Full path that was requested.</summary>
    public string Path { get; }

    /// <summary>Full paths of the files; empty if the export broke off.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Size of the files.</summary>
    public long Bytes { get; }

    /// <summary>SHA-256 of the file; null when there is none or more than one.</summary>
    public string? Sha256 { get; }

    /// <summary>Duration of the last run.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Events per second; null for an export that was resumed.</summary>
    public double? EventsPerSecond { get; }

    /// <summary>How often it was resumed.</summary>
    public int Resumes { get; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; }

    /// <summary>Requests repeated.</summary>
    public long Retries { get; }

    /// <summary>Path of the manifest; null if the export broke off.</summary>
    public string? ManifestPath { get; }

    /// <summary>Path of the timestamp of the manifest; null if none was requested, or if the server gave none.</summary>
    public string? TimestampPath { get; }

    /// <summary>Folder from which the export can be resumed; null if it is not needed any more.</summary>
    public string? PartialPath { get; }

    /// <summary>Id of the plan of which this is a slice, or the merged result; null without a plan.</summary>
    public string? PlanId { get; }

    /// <summary>Index of the slice; null if this is not a slice.</summary>
    public int? Slice { get; }

    /// <summary>Warnings of the export.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>State, reason and path.</summary>
    public override string ToString() => $"{State}: {Counted.Of(Events, "event")} in {Path} ({Reason})";
}
