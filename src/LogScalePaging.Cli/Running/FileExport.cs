using LogScalePaging.Cli.Output;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Running;

/// <summary>Exports to a file and makes the summary.</summary>
internal sealed class FileExport(SearchConnection connection, ExportRequest request, SignalLog signals, Action<ExportProgress> progress)
{
    private readonly TimeProvider _time = connection.Transport.Time;
    private long? _broughtAlong;
    private long _bytes;

    /// <summary>Runs it.</summary>
    public async Task<RunSummary> RunAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var result = await new ExportRun(connection, request, signals, Report).RunAsync(cancellationToken).ConfigureAwait(false);
        return RunSummary.Of(result, signals) with
        {
            Fetched = result.Completeness.Received - (_broughtAlong ?? 0),
            Elapsed = _time.GetElapsedTime(started),
            Bytes = result.Files.Count > 0 ? result.Manifest.Files.Sum(f => f.Bytes) : _bytes,
            NoProofWanted = request.Search.NoVerify,
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
