using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Paging.Positions;

namespace LogScalePaging.Export.Verification;

/// <summary>
/// Checks an output against its manifest and its checksums: the existence of each file, its size and SHA-256, the form and number of its
/// rows, their order
/// and range, and that no row is repeated. The files are read once. Rows ordered by time need the memory of one instant, other rows 27
/// bytes each.
/// </summary>
public static class ExportVerifier
{
    /// <summary>Checks every file of an output. For a single file that was renamed, it checks the content.</summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="progress">Receives the number of checked events.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    public static VerificationResult Verify(string path, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Verify(path, demand: null, progress, cancellationToken);

    /// <summary>The same, with what is asked of the timestamp of the manifest.</summary>
    /// <inheritdoc cref="Verify(string, IProgress{long}, CancellationToken)"/>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="demand">What is asked of the timestamp; null if a timestamp that exists must be about the manifest.</param>
    /// <param name="progress">Receives the number of checked events.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">The file with the trusted certificates cannot be used.</exception>
    public static VerificationResult Verify(string path, TimestampDemand? demand, IProgress<long>? progress,
        CancellationToken cancellationToken) =>
        Read(path, demand, progress, null, forCopy: false, cancellationToken);

    /// <summary>Reads an output and verifies it on the way.</summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="progress">Receives the number of checked events.</param>
    /// <param name="open">
    /// Receives the manifest before the first row, and returns what receives the rows, in the order of the files; null for nothing. A row
    /// is
    /// valid until the call returns.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    public static VerificationResult Read(
        string path, IProgress<long>? progress, Func<ExportManifest, RowTaker>? open, CancellationToken cancellationToken) =>
        Read(path, progress, open, forCopy: false, cancellationToken);

    /// <summary>The same with the rows in a form that another output can be made of: see <see cref="CsvRows"/>.</summary>
    internal static VerificationResult Read(
        string path, IProgress<long>? progress, Func<ExportManifest, RowTaker>? open, bool forCopy, CancellationToken cancellationToken) =>
        Read(path, demand: null, progress, open, forCopy, cancellationToken);

    private static VerificationResult Read(
        string path, TimestampDemand? demand, IProgress<long>? progress, Func<ExportManifest, RowTaker>? open, bool forCopy,
        CancellationToken cancellationToken)
    {
        var manifestPath = ManifestLocator.Find(path);
        ExportManifest manifest;
        try
        {
            manifest = ExportManifest.Load(manifestPath);
        }
        catch (ExportException e)
        {
            return new VerificationResult(
                [new VerificationFinding("Manifest", false, manifestPath, File.Exists(manifestPath) ? "not readable" : null,
                    Advice(e, manifestPath))], Manifest: null)
            {
                Unreadable = e.Kind == ExportErrorKind.ManifestUnreadable ? e : null,
            };
        }
        var findings = new List<VerificationFinding> { new("Manifest", true, manifestPath, manifestPath), QueryHash(manifest),
            ManifestConsistency.Check(manifest) };
        if (ChecksumCheck.Of(manifestPath, manifest) is { } checksums)
            findings.Add(checksums);
        if (TimestampFinding.Of(manifestPath, demand) is { } timestamp)
            findings.Add(timestamp);
        var subject = VerificationSubject.Of(path, manifestPath, manifest);
        if (subject.Problem is { } problem)
        {
            findings.Add(problem);
            if (manifest.Files.Count > 0)
                return new VerificationResult(findings, manifest);
        }
        var rows = new RowChecks(manifest);
        var take = open?.Invoke(manifest);
        var folder = Path.GetDirectoryName(manifestPath)!;
        foreach (var (file, name) in subject.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(new FileVerification(manifest, folder, file, name, rows, take, forCopy).Run(progress, cancellationToken));
        }
        findings.AddRange(rows.Findings());
        return new VerificationResult(findings, manifest);
    }

    private static VerificationFinding QueryHash(ExportManifest manifest)
    {
        var hash = new WalkIdentity(manifest.System, manifest.Host, manifest.Repository,
            manifest.Query)
        { Arguments = manifest.Arguments }.QueryHash;
        return new VerificationFinding("QuerySha256", hash == manifest.QuerySha256, manifest.QuerySha256, hash);
    }

    private static string Advice(ExportException e, string manifestPath)
    {
        if (File.Exists(manifestPath))
            return e.Message;
        var output = ManifestLocator.OutputOf(manifestPath);
        if (ExportStore.Exists(new ExportTarget { Path = output, Format = ExportFormat.Json }))
            return $"{e.Message} The export is not finished. Use -Resume (--resume) to continue it.";
        if (Directory.Exists(output))
            return $"'{output}' is a folder. Give the path of an export in it.";
        return File.Exists(output) ? e.Message : $"There is no export '{output}': neither the file nor its manifest exists.";
    }
}
