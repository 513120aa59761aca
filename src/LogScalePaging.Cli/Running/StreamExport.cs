using System.IO.Compression;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;
using LogScalePaging.Search.Progress;

namespace LogScalePaging.Cli.Running;

/// <summary>
/// Exports to standard output: every page is written as soon as it is received. Nothing is kept, so it cannot be resumed.
/// </summary>
internal sealed class StreamExport(SearchConnection connection, SearchRequest spec, OutputRequest output, SignalLog signals,
    Action<ExportProgress> progress)
{
    private readonly TimeProvider _time = connection.Transport.Time;
    private readonly long _started = connection.Transport.Time.GetTimestamp();
    private long _duplicates;

    /// <summary>Runs it.</summary>
    /// <exception cref="IOException">Standard output cannot be written. A broken pipe means that the reader has enough.</exception>
    public async Task<RunSummary> RunAsync(Stream standardOutput, CancellationToken cancellationToken)
    {
        var counted = new CountingStream(standardOutput);
        var search = connection.Open(spec, signals,
            p => progress(new ExportProgress(ExportPhase.Fetching, p, counted.Length, _time.GetElapsedTime(_started))));
        await using var _ = search.ConfigureAwait(false);
        using var writer = new PageWriter(counted, output, search.Schema, signals);
        try
        {
            await foreach (var page in search.PagesAsync(null, cancellationToken).ConfigureAwait(false))
            {
                _duplicates += page.Info.Duplicates;
                // On another thread, because a reader such as a pager can block the pipe for hours, and Ctrl+C must still work.
                await Task.Run(() => writer.Write(page.Items), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            await Task.Run(writer.Finish, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            progress(new ExportProgress(ExportPhase.Verifying, new SearchProgress(writer.Rows, search.ExpectedBefore, 1, null),
                counted.Length, _time.GetElapsedTime(_started)));
            return Summary(search, await search.JudgeAsync(cancellationToken).ConfigureAwait(false), writer.Rows, counted.Length);
        }
        catch (OperationCanceledException e) when (writer.Rows > 0 && cancellationToken.IsCancellationRequested)
        {
            return Broken(search, e, "it was interrupted", writer.Rows, counted.Length) with { Interrupted = true };
        }
        catch (PagingException e) when (writer.Rows > 0)
        {
            return Broken(search, e, e.Message, writer.Rows, counted.Length);
        }
    }

    private RunSummary Broken(ISearch search, Exception error, string why, long rows, long bytes) =>
        Summary(search, Completeness.Broken(search.ExpectedBefore, rows, why, spec.MaxEvents), rows, bytes) with { Error = error };

    private RunSummary Summary(ISearch search, Completeness verdict, long rows, long bytes) => new()
    {
        Verdict = verdict,
        Identity = RunSummary.InMilliseconds(search.Identity, search.Schema),
        Signals = signals,
        Strategy = search.Plan is { } plan ? (plan.Strategy, plan.Reason) : null,
        Duplicates = _duplicates,
        Fetched = rows,
        Elapsed = _time.GetElapsedTime(_started),
        Bytes = bytes,
        NoProofWanted = spec.NoVerify,
    };

    private sealed class PageWriter : IDisposable
    {
        private readonly Stream _below;
        private readonly GZipStream? _gzip;
        private readonly IEventWriter _writer;

        public PageWriter(Stream stream, OutputRequest output, RecordSchema schema, SignalLog signals)
        {
            _below = stream;
            _gzip = output.Compress ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
            var filter = FieldFilter.Of(output.Fields, output.ExcludeFields);
            _writer = EventWriters.CreateFiltered(output.Format, (Stream?)_gzip ?? stream, filter, signals, schema, output.Bom,
                output.TimestampFormat);
        }

        public long Rows => _writer.Rows;

        public void Write(IReadOnlyList<Record> events)
        {
            foreach (var record in events)
                _writer.Write(record);
            _writer.Flush();
        }

        public void Finish()
        {
            _writer.Finish();
            _gzip?.Dispose();
            _below.Flush();
        }

        // The compressor is not closed here, because it would write again after a broken pipe.
        public void Dispose() => _writer.Dispose();
    }
}
