using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Cli.Output;

/// <summary>The facts of a run for the summary, whether it went to a file or to standard output.</summary>
internal sealed record RunSummary
{
    /// <summary>The verdict and its numbers.</summary>
    public required Completeness Verdict { get; init; }

    /// <summary>The query, server and range of the run. The range is pinned if that is known.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>The signals of the run, for its counts of jobs, requests and retries.</summary>
    public required SignalLog Signals { get; init; }

    /// <summary>The strategy, and why it was chosen.</summary>
    public (string Name, string? Reason)? Strategy { get; init; }

    /// <summary>Repeated events dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Events that this run fetched itself.</summary>
    public long Fetched { get; init; }

    /// <summary>Time that this run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; init; }

    /// <summary>How often the export was resumed.</summary>
    public int Resumes { get; init; }

    /// <summary>The files, full paths.</summary>
    public IReadOnlyList<(string Path, OutputFile File)> Files { get; init; } = [];

    /// <summary>The record of the run.</summary>
    public string? ManifestPath { get; init; }

    /// <summary>The timestamp of the manifest.</summary>
    public string? TimestampPath { get; init; }

    /// <summary>Why the manifest got no timestamp although one was requested.</summary>
    public Exception? TimestampError { get; init; }

    /// <summary>The folder that is kept for resuming.</summary>
    public string? PartialPath { get; init; }

    /// <summary>True if the user requested no count.</summary>
    public bool NoProofWanted { get; init; }

    /// <summary>What broke the run, in words.</summary>
    public Exception? Error { get; init; }

    /// <summary>True if the user's time limit ended it.</summary>
    public bool IsStopped { get; init; }

    /// <summary>True if the user interrupted it.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The facts in the result of an export. The caller adds those of its run.</summary>
    public static RunSummary Of(ExportOutcome result, SignalLog signals)
    {
        var manifest = result.Manifest;
        return new RunSummary
        {
            Verdict = result.Completeness,
            Identity = InMilliseconds(
                new WalkIdentity(manifest.System, manifest.Host, manifest.Repository, manifest.Query, manifest.Range.Start,
                    manifest.Range.End),
                manifest.Schema),
            Signals = signals,
            Strategy = (manifest.Strategy, manifest.StrategyReason),
            Duplicates = manifest.Counts.DuplicatesDropped,
            Bytes = manifest.Files.Sum(f => f.Bytes),
            Resumes = manifest.Resumes,
            Files = [.. result.Files.Zip(manifest.Files)],
            ManifestPath = result.ManifestPath,
            TimestampPath = result.TimestampPath,
            TimestampError = result.TimestampError,
            PartialPath = result.PartialPath,
            Error = result.Error,
            Interrupted = result.Interrupted,
            IsStopped = result.StoppedAfter is not null,
        };
    }

    /// <summary>The query, server and range, with the range in milliseconds, because some systems count in nanoseconds.</summary>
    public static WalkIdentity InMilliseconds(WalkIdentity identity, RecordSchema schema)
    {
        const long Nanoseconds = 1_000_000;
        return schema.TimeUnit == TimeUnit.Milliseconds
            ? identity
            : identity with { RangeStart = identity.RangeStart / Nanoseconds, RangeEnd = identity.RangeEnd / Nanoseconds };
    }
}
