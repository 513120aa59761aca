using System.Collections.Concurrent;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Output;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;
using LogScalePaging.Search.Proof;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// Merges the finished slices of a plan: checks that each of them is there once and unchanged, counts the whole range once more, and makes
/// one manifest over the files of the slices, or one file.
/// </summary>
public sealed class MergeRun
{
    private readonly SliceFiles _files;
    private readonly SignalLog _signals;
    private readonly TimeProvider _time;
    private readonly MergeOptions _options;
    private readonly DateTimeOffset _started;

    private MergeRun(ExportPlan plan, string folder, MergeOptions options, SignalLog signals, TimeProvider time)
    {
        (Plan, _files, _options, _signals, _time) = (plan, new SliceFiles(plan, folder), options, signals, time);
        _started = time.GetUtcNow();
    }

    /// <summary>The plan.</summary>
    public ExportPlan Plan { get; }

    /// <summary>Called between steps that a crash can separate, for tests.</summary>
    internal Action<string> Step { get; set; } = _ => { };

    /// <summary>A merge of the slices of a plan on disk.</summary>
    /// <param name="planPath">Path of the plan.</param>
    /// <param name="options">How they are merged.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PlanException">The plan was changed, or belongs to another version.</exception>
    /// <exception cref="ExportException">There is no plan.</exception>
    public static MergeRun Load(string planPath, MergeOptions options, SignalLog signals, TimeProvider time)
    {
        var plan = ExportPlan.Load(planPath);
        SliceRun.EnsureVersion(plan);
        return new MergeRun(plan, SliceFiles.FolderOf(planPath, options.Folder), options, signals, time);
    }

    /// <summary>The output: one file, or the manifest over the files of the slices.</summary>
    /// <param name="path">Path of the file; null for the manifest.</param>
    /// <exception cref="ExportException">The path is not valid, or has the extension of another format.</exception>
    public ExportTarget Target(string? path)
    {
        if (path is null)
            return new ExportTarget
            {
                Path = _files.Whole,
                Format = Plan.FileFormat,
                Compress = Plan.Compressed,
                Bom = Plan.Bom,
                Force = _options.Force,
            };
        // The rows of a slice are merged as they are, also those that were made for Timesketch.
        var format = Plan.FileFormat == ExportFormat.Timesketch ? ExportFormat.NdJson : Plan.FileFormat;
        if (ExportFormats.TryFromPath(path, out var named, out var compressed) && named != format)
            throw new ExportException(ExportErrorKind.BadPath, path,
                $"The slices are {Plan.Format}, so they cannot be merged into '{path}'. "
                + $"Use the extension .{ExportFormats.Name(format)}.");
        var target = new ExportTarget
        {
            Path = path,
            Format = format,
            Compress = compressed,
            Bom = Plan.Bom,
            TimestampFormat = Plan.TimestampFormat,
            HasWrittenTimes = true,
            Force = _options.Force,
        };
        return Plan.Slices.Any(s => _files.Target(s.I).Path == target.Path)
            ? throw new ExportException(ExportErrorKind.BadPath, path, $"'{path}' is a slice of the plan. Choose another path.")
            : target;
    }

    /// <summary>Merges the slices.</summary>
    /// <param name="connection">Counts the whole range once more; null to skip the count. The result is then Unverified.</param>
    /// <param name="path">One file for all records; null for a manifest over the files of the slices.</param>
    /// <param name="progress">Receives the number of records.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PlanException">
    /// A slice is missing, foreign, overlapping, of another version or changed, or the connection is to another server.
    /// </exception>
    /// <exception cref="ExportException">The output exists, or cannot be written.</exception>
    /// <exception cref="PagingException">The count failed.</exception>
    public async Task<ExportOutcome> RunAsync(
        SearchConnection? connection, string? path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var target = Target(path);
        var slices = SliceOutput.All(Plan, _files);
        var merged = new MergedManifest(Plan, slices);
        var file = path is null ? null : new MergedFile(Plan, merged, merged.WithColumns(target), Step);
        if (file is null)
            EnsureMayWrite(target, slices, merged);
        else if (await Task.Run(() => file.TryEnd(cancellationToken), cancellationToken).ConfigureAwait(false) is { } ended)
            return await StampAsync(Ended(ended, wantsCount: connection is not null)).ConfigureAwait(false);
        var verdict = await JudgeAsync(connection, slices, cancellationToken).ConfigureAwait(false);
        verdict = verdict.ReportTo(_signals, wantsProof: connection is not null);
        var manifest = await Task.Run(() => file is null
            ? OverSlices(target, merged, finished => Described(finished, Plan.Compressed), progress, cancellationToken)
            : file.Write(finished => Described(finished, target.Compress), _signals, _time, progress, cancellationToken),
            CancellationToken.None).ConfigureAwait(false);
        _signals.EmitLater();
        return await StampAsync(manifest).ConfigureAwait(false);

        Task<ExportOutcome> StampAsync(ExportManifest whole) => ExportTimestamp.TryAddAsync(OutcomeOf(whole, target),
            _options.TimestampServer, connection?.Transport.Options, _signals, cancellationToken);

        ExportManifest Described(FinishedExport finished, bool compressed) => MergedOrigin.Add(
            merged.Build(finished, compressed, verdict, _signals, _time.GetUtcNow()), slices, connection?.Transport, _started,
            _options.NoOperator || Plan.NoOperator);
    }

    // An earlier merge had its verdict, and was killed before it could report it.
    private ExportManifest Ended(ExportManifest manifest, bool wantsCount)
    {
        _signals.Verbose(SignalKind.Resumed, FormattableString.Invariant(
            $"resumed: an earlier merge of {manifest.Counts.Written:N0} {manifest.Schema.Nouns} was complete and is valid"));
        manifest.Verdict().ReportTo(_signals, wantsCount);
        if (wantsCount && manifest.Counts.ExpectedAfter is null)
            _signals.Warn(SignalKind.Unverified,
                "the earlier merge did not count the range. Use -Force (--force) to merge again and count it");
        return manifest;
    }

    private static ExportOutcome OutcomeOf(ExportManifest manifest, ExportTarget target)
    {
        var folder = Path.GetDirectoryName(target.Path)!;
        return new ExportOutcome
        {
            Completeness = manifest.Verdict(),
            Manifest = manifest,
            Files = [.. manifest.Files.Select(f => Path.Combine(folder, Path.GetFileName(f.Path)))],
            ManifestPath = target.ManifestPath,
        };
    }

    private async Task<Completeness> JudgeAsync(
        SearchConnection? connection, IReadOnlyList<SliceOutput> slices, CancellationToken cancellationToken)
    {
        if (connection is null)
            return await new MergeVerdict(Plan, slices, count: null).JudgeAsync().ConfigureAwait(false);
        await connection.FindHomeAsync(_signals, cancellationToken).AsPagingAsync().ConfigureAwait(false);
        SliceRun.EnsureServer(Plan, connection);
        using var limit = connection.Transport.Governor.LimitMinute(Plan.Budget.RequestsPerMinute);
        using var jobs = new SemaphoreSlim(Plan.Budget.Jobs);
        var questioned = new ConcurrentQueue<string>();
        return await new MergeVerdict(Plan, slices, CountAsync, questioned).JudgeAsync().ConfigureAwait(false);

        async Task<long> CountAsync(long start, long end)
        {
            await jobs.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var (counted, doubts) = await RangeCount.TakeAsync(connection, connection.Restore(Plan.Search(start, end)), _signals,
                    cancellationToken).ConfigureAwait(false);
                foreach (var doubt in doubts)
                    questioned.Enqueue(doubt);
                return counted;
            }
            finally
            {
                jobs.Release();
            }
        }
    }

    private static ExportManifest OverSlices(ExportTarget target, MergedManifest merged, Func<FinishedExport, ExportManifest> describe,
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var before = 0L;
        SliceOutput.EnsureValid([.. merged.InOrder.Select(output =>
        {
            var rows = progress is null ? null : new LaterProgress(progress, before);
            var found = ExportVerifier.Verify(output.Target.ManifestPath, rows, cancellationToken);
            before += output.Manifest.Counts.Written;
            return (output, found);
        })]);
        var manifest = describe(merged.Finished);
        try
        {
            // They describe an older merge. No file is better than a stale one.
            foreach (var old in new[] { target.TimestampPath, target.ManifestPath })
                DurableFile.TryDelete(old);
            DurableFile.Write(target.ChecksumPath, Checksums.Of(manifest.Files));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.NotWritten(target.ChecksumPath, e);
        }
        manifest.Save(target.ManifestPath);
        return manifest;
    }

    private void EnsureMayWrite(ExportTarget target, IReadOnlyList<SliceOutput> slices, MergedManifest merged)
    {
        var place = new OutputPlace(target, new PartialFolder(target.PartialPath), new FileGuard(target));
        place.EnsurePossible();
        var columns = slices.Select(s => string.Join("\n", s.Manifest.Columns ?? [])).Distinct(StringComparer.Ordinal);
        if (Plan.FileFormat == ExportFormat.Csv && columns.Skip(1).Any())
            throw new ArgumentException("The slices have different columns of csv, so one manifest cannot describe them. "
                + "Merge them into one file with -Path (--output).");
        if (File.Exists(target.Path))
            throw new ExportException(ExportErrorKind.BadPath, target.Path,
                $"'{target.Path}' exists, and the manifest would describe other files. Move it away.");
        string[] files = [target.ManifestPath, target.ChecksumPath, target.TimestampPath];
        // A merge that was killed between its two files left the checksums of the same slices.
        if (!_options.Force && files.FirstOrDefault(f => File.Exists(f) && (f != target.ChecksumPath
            || !place.HasChecksums(merged.Finished))) is { } existing)
            throw new ExportException(ExportErrorKind.OutputExists, existing,
                $"'{existing}' already exists. Use -Force (--force) to replace it.");
        if (File.Exists(target.ManifestPath) && !ManifestReader.IsOurs(target.ManifestPath))
            throw new ExportException(ExportErrorKind.BadPath, target.ManifestPath,
                $"'{target.ManifestPath}' does not come from an export, so it is not replaced. Move it away.");
    }
}
