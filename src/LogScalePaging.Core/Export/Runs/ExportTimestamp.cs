using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Export.Verification;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Export.Runs;

/// <summary>Adds a timestamp to the manifest of a finished export.</summary>
public static class ExportTimestamp
{
    /// <summary>True if a path names an export that is finished, and not one that can be resumed.</summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    public static bool IsFinished(string path) =>
        PartialFolder.OutputOf(path) is null && ManifestLocator.Find(path) is var manifest && File.Exists(manifest)
        && !ExportStore.Exists(new ExportTarget { Path = ManifestLocator.OutputOf(manifest), Format = ExportFormat.Json });

    /// <summary>Adds a timestamp to an export that is finished already. An export that has one keeps it.</summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="server">The address of the authority.</param>
    /// <param name="signals">Receives the signals.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The export, with the path of the timestamp.</returns>
    /// <exception cref="ExportException">There is no finished export, or it does not match its manifest.</exception>
    /// <exception cref="Transport.Errors.ApiException">The authority gave no timestamp.</exception>
    public static async Task<ExportOutcome> AddAsync(string path, Uri server, SignalLog signals, CancellationToken cancellationToken)
    {
        TimestampServer.EnsureUsable(server);
        var found = await Task.Run(() => ExportVerifier.Verify(path, null, cancellationToken), cancellationToken).ConfigureAwait(false);
        var manifestPath = ManifestLocator.Find(path);
        if (found.Manifest is not { } manifest)
            throw new ExportException(ExportErrorKind.NothingToResume, path,
                $"There is no finished export '{path}', so it cannot get a timestamp.");
        // A timestamp would suggest that the files are those of the manifest.
        if (found.Findings.FirstOrDefault(f => !f.Passed) is { } failed)
            throw new ExportException(ExportErrorKind.Damaged, path,
                $"The export '{path}' does not match its manifest (check {failed.Check}), so it gets no timestamp.");
        var output = ManifestLocator.OutputOf(manifestPath);
        var folder = Path.GetDirectoryName(output)!;
        var result = new ExportOutcome
        {
            Completeness = manifest.Verdict(),
            Manifest = manifest,
            Files = [.. manifest.Files.Select(f => Path.Combine(folder, Path.GetFileName(f.Path)))],
            ManifestPath = manifestPath,
        };
        return result with
        {
            TimestampPath = await WriteAsync(manifestPath, server, basis: null, signals,
            cancellationToken).ConfigureAwait(false)
        };
    }

    /// <summary>Adds a timestamp to the result of a run. The export stays as it is if that fails.</summary>
    internal static async Task<ExportOutcome> TryAddAsync(
        ExportOutcome result, Uri? server, ApiTransportOptions? basis, SignalLog signals, CancellationToken cancellationToken)
    {
        if (server is null || result.ManifestPath is not { } manifestPath)
            return result;
        try
        {
            return result with
            {
                TimestampPath = await WriteAsync(manifestPath, server, basis, signals,
                cancellationToken).ConfigureAwait(false)
            };
        }
        // The export is in place, and no failure of the authority may hide that.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var why = cancellationToken.IsCancellationRequested ? "the run was interrupted" : e.Message;
            signals.Warn(SignalKind.TimestampFailed, $"the export has no timestamp: {why}");
            return result with { TimestampError = cancellationToken.IsCancellationRequested ? new OperationCanceledException(why, e) : e };
        }
    }

    private static async Task<string> WriteAsync(
        string manifestPath, Uri server, ApiTransportOptions? basis, SignalLog signals, CancellationToken cancellationToken)
    {
        var path = manifestPath + ExportTarget.TimestampEnding;
        if (TimestampCheck.Read(path, manifestPath, demand: null) is { Problem: null, Time: { } time })
        {
            signals.Verbose(SignalKind.Timestamped, $"the manifest has a timestamp of {TimestampCheck.Text(time)} already");
            return path;
        }
        FileKinds.EnsureFileOrNothing(path);
        var manifest = File.ReadAllBytes(manifestPath);
        TimestampServer.EnsureUsable(server);
#if NET8_0_OR_GREATER
        var answer = await TimestampClient.StampAsync(server, manifest, basis, signals, cancellationToken).ConfigureAwait(false);
#else
        var answer = await Task.FromException<byte[]>(new ArgumentException(TimestampServer.Unsupported)).ConfigureAwait(false);
#endif
        try
        {
            DurableFile.Write(path, answer);
            FileModes.Prepare(path, Path.GetDirectoryName(path)!, manifestPath);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.NotWritten(path, e);
        }
        signals.Verbose(SignalKind.Timestamped, $"the manifest was timestamped by {server.GetLeftPart(UriPartial.Authority)}");
        return path;
    }
}
