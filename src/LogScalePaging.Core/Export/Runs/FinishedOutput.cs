using System.Globalization;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Export.Verification;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Runs;

/// <summary>
/// Finds an existing output for an export that resumes or begins. A scheduler repeats a run if it lost the exit code. If the output is
/// finished and from the same request, nothing is left to do.
/// </summary>
internal static class FinishedOutput
{
    /// <summary>
    /// Whether a finished output may be the result, according to the request and the manifest; false if there is no output.
    /// </summary>
    /// <exception cref="ExportException">There is an output for another range.</exception>
    public static bool MayBeResult(ExportRequest request) => Load(request) is not null;

    /// <summary>The result of an earlier run with the same request; null if there is no output.</summary>
    /// <param name="request">The request.</param>
    /// <param name="asked">The same, with the server's host.</param>
    /// <param name="search">The search, for the order of its records, and the name of the kind of server in manifests.</param>
    /// <param name="cancellationToken">Stops the check of the files.</param>
    /// <exception cref="ExportException">There is another output, or a damaged one.</exception>
    public static ExportManifest? Find(ExportRequest request, WalkIdentity asked, ISearch search, CancellationToken cancellationToken)
    {
        if (Load(request) is not { } manifest)
            return null;
        if (Differences(manifest, request, asked, search).FirstOrDefault(d => d.Saved != d.Asked) is { What: { } what } other)
            throw OutputExists(request, manifest,
                $"Its {what} is '{Printable.Line(other.Saved)}', this run's is '{Printable.Line(other.Asked)}'.");
        var found = ExportVerifier.Verify(request.Target.ManifestPath, progress: null, cancellationToken);
        if (found.Findings.FirstOrDefault(f => !f.Passed) is { } failed)
            throw OutputExists(request, manifest, $"It does not match its manifest (check {failed.Check}).");
        return manifest;
    }

    private static ExportManifest? Load(ExportRequest request)
    {
        var target = request.Target;
        // An unfinished run is continued, and with Force the output is replaced.
        if (target.Force || ExportStore.Exists(target))
            return null;
        if (!File.Exists(target.ManifestPath) || ManifestReader.TryLoad(target.ManifestPath) is not { } manifest)
            return null;
        var range = request.Search.Range;
        var (start, end) = (range.Start.Milliseconds, range.End.Milliseconds);
        if (!range.IsAbsolute)
            throw OutputExists(request, manifest, "A relative range is different in each run.");
        if (start is null || end is null)
            throw OutputExists(request, manifest, "It was made of the records of that time, and the records of now may be others.");
        var unit = RecordTime.PerMillisecond(manifest.Schema.TimeUnit);
        return (start * unit, end * unit) == (manifest.Range.Start, manifest.Range.End)
            ? manifest
            : throw OutputExists(request, manifest, "The ranges differ.");
    }

    private static IEnumerable<(string What, string Saved, string Asked)> Differences(
        ExportManifest manifest, ExportRequest request, WalkIdentity asked, ISearch search)
    {
        var (target, names) = (request.Target, new OutputNames(request.Target));
        // A manifest has the kind of server, NG-SIEM, and an identity has its API, LogScale.
        yield return ("system", manifest.System == search.System ? asked.System : manifest.System, asked.System);
        yield return ("server", manifest.Host, asked.Host);
        if (manifest.ManifestVersion > 1)
            yield return ("tenant", manifest.Tenant ?? "", asked.Tenant ?? "");
        yield return ("repository", manifest.Repository, asked.Repository);
        yield return ("query", manifest.Query, asked.Query);
        yield return ("query arguments (hash)", manifest.QuerySha256, asked.QueryHash);
        yield return ("order", manifest.Schema.Order.ToString(), search.Schema.Order.ToString());
        yield return ("time zone", manifest.TimeZone ?? "", request.Search.TimeZone ?? "");
        yield return ("format", manifest.Format, ExportFormats.Name(target.Format));
        yield return ("format of times", manifest.TimestampFormat.ToString(), target.TimestampFormat.ToString());
        yield return ("byte order mark", manifest.Bom ? "yes" : "no", target.Bom ? "yes" : "no");
        yield return ("compression", manifest.Compressed ? "gzip" : "none", target.Compress ? "gzip" : "none");
        yield return ("list of fields", Fields(manifest.Property), Fields(target.Property));
        yield return ("list of excluded fields", Fields(manifest.ExcludeProperty ?? []), Fields(target.ExcludeProperty ?? []));
        yield return ($"limit of {manifest.Schema.Nouns}", Limit(manifest.MaxEvents), Limit(request.Search.MaxEvents));
        yield return ("list of files", string.Join(", ", manifest.Files.Select(f => f.Path)),
            string.Join(", ", manifest.Files.Select((_, i) => names.Name(i + 1))));
    }

    private static string Fields(IReadOnlyList<string>? fields) => fields is null ? "(all)" : string.Join("\n", fields);

    private static string Limit(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "(none)";

    private static ExportException OutputExists(ExportRequest request, ExportManifest manifest, string why)
    {
        var range = manifest.Range;
        // Some endpoints have no range.
        var ranges = request.Search.Range == default ? "." : $", with the range {range.StartUtc} to {range.EndUtc}. This run asks for "
            + $"{request.Search.Range.Start} to {request.Search.Range.End}.";
        return new ExportException(ExportErrorKind.OutputExists, request.Target.Path,
            $"'{request.Target.Path}' already exists{ranges} {why} Nothing was fetched. "
            + "Choose another path, or replace it with -Force (--force).");
    }
}
