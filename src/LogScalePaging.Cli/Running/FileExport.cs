using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Running;

/// <summary>Exports to a file and makes the summary.</summary>
internal sealed class FileExport(SearchConnection connection, SearchRequest spec, OutputRequest output, SignalLog signals, Action<ExportProgress> progress)
{
    private readonly TimeProvider _time = connection.Transport.Time;
    private long? _broughtAlong;
    private long _bytes;

    /// <summary>Runs it.</summary>
    public async Task<RunSummary> RunAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var request = new ExportRequest(spec, output.ToTarget()) 
        {
            Resume = output.Resume,
            OrBegin = output.Resume,
            NoOperator = output.NoOperator,
            TimestampServer = output.TimestampServer,
        };
        var result = await new ExportRun(connection, request, signals, Report).RunAsync(cancellationToken).ConfigureAwait(false);
        var manifest = result.Manifest;
        return new RunSummary
        {
            Verdict = result.Completeness,
            Identity = RunSummary.InMilliseconds(
                new WalkIdentity(manifest.System, manifest.Host, manifest.Repository, manifest.Query, manifest.Range.Start, manifest.Range.End),
                manifest.Schema),
            Signals = signals,
            Strategy = (manifest.Strategy, manifest.StrategyReason),
            Duplicates = manifest.Counts.DuplicatesDropped,
            Fetched = result.Completeness.Received - (_broughtAlong ?? 0),
            Elapsed = _time.GetElapsedTime(started),
            Bytes = result.Files.Count > 0 ? manifest.Files.Sum(f => f.Bytes) : _bytes,
            Resumes = manifest.Resumes,
            Files = [.. result.Files.Zip(manifest.Files)],
            ManifestPath = result.ManifestPath,
            TimestampPath = result.TimestampPath,
            TimestampError = result.TimestampError,
            PartialPath = result.PartialPath,
            NoProofWanted = spec.NoVerify,
            Error = result.Error,
            Interrupted = result.Interrupted,
        };
    }

    private void Report(ExportProgress report)
    {
        // The first report is sent before the first new page.
        _broughtAlong ??= report.Search.Received;
        _bytes = report.Bytes;
        progress(report);
    }
}
