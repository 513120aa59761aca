using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Verification;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Reports;

/// <summary>What a chart or a report shows of an export: its manifest, its records over time, and whether its files match.</summary>
/// <param name="OutputPath">Path of the output.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="Verification">The result of the verification.</param>
/// <param name="Bins">The records over time; null if the manifest has no range of times.</param>
internal sealed record ExportSurvey(string OutputPath, string ManifestSha256, ExportManifest Manifest, VerificationResult Verification,
    TimeBins? Bins)
{
    /// <summary>The gaps, the longest one first.</summary>
    public IReadOnlyList<TimeGap> Gaps => [.. (Bins?.Gaps() ?? []).OrderByDescending(g => g.Length).ThenBy(g => g.Start)];

    /// <summary>Reads an export, and verifies it on the way.</summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="bars">Most bars of the histogram.</param>
    /// <param name="progress">Receives the number of rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ExportException">There is no manifest, or it cannot be read.</exception>
    public static ExportSurvey Read(string path, int bars, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        TimeBins? bins = null;
        var found = ExportVerifier.Read(path, progress, manifest =>
        {
            bins = NewBins(manifest, bars);
            return (in Record row) => bins?.Add(row.Timestamp);
        }, cancellationToken);
        var manifestPath = ManifestLocator.Find(path);
        if (found.Manifest is not { } manifest)
            throw found.Unreadable ?? new ExportException(ExportErrorKind.ManifestUnreadable, path,
                found.Findings.FirstOrDefault(f => !f.Passed)?.Detail ?? $"There is no manifest '{manifestPath}'.");
        return new ExportSurvey(ManifestLocator.OutputOf(manifestPath), FileHash.Sha256(manifestPath), manifest, found, bins);
    }

    // The range of the search is shown with its empty parts. Without one, or if the query writes the times, the records give it.
    private static TimeBins? NewBins(ExportManifest manifest, int bars)
    {
        var (start, end) = (manifest.Range.Start, manifest.Range.End);
        if (manifest.Order == ExportManifest.AsSent || start is null || end is null || start > end)
            (start, end) = (manifest.Files.Min(f => f.Oldest), manifest.Files.Max(f => f.Newest));
        return start is { } from && end is { } to && from <= to
            ? new TimeBins(from, to, bars, RecordTime.PerMillisecond(manifest.Schema.TimeUnit))
            : null;
    }
}
