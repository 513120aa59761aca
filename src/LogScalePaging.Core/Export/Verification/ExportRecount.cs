using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Timestamps;
using LogScalePaging.Paging;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Verification;

/// <summary>Asks the server again how many records an export should have.</summary>
public static class ExportRecount
{
    /// <summary>
    /// Checks every file of an output as <see cref="ExportVerifier"/> does, and compares its number of events with the server's
    /// current count.
    /// </summary>
    /// <param name="path">The output, one of its files, or its manifest.</param>
    /// <param name="connect">Makes the connection. The manifest names the server of the export.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="progress">Receives the number of checked events.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    /// <exception cref="PagingException">The count failed. The message says why.</exception>
    public static Task<VerificationResult> VerifyAsync(string path, Func<ExportManifest, SearchConnection> connect, SignalLog signals,
        IProgress<long>? progress, CancellationToken cancellationToken) =>
        VerifyAsync(path, demand: null, connect, signals, progress, cancellationToken);

    /// <summary>The same, with requirements for the timestamp of the manifest.</summary>
    /// <inheritdoc cref="VerifyAsync(string, Func{ExportManifest, SearchConnection}, SignalLog, IProgress{long}, CancellationToken)"/>
    public static async Task<VerificationResult> VerifyAsync(string path, TimestampDemand? demand,
        Func<ExportManifest, SearchConnection> connect, SignalLog signals, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var manifestPath = ManifestLocator.Find(path);
        // The count is first, because it takes a moment, and the files may take an hour.
        var counted = ManifestReader.TryLoad(manifestPath) is { } manifest
            ? await CountAsync(connect(manifest), manifest, signals, cancellationToken).ConfigureAwait(false)
            : null;
        var result = await Task.Run(() => ExportVerifier.Verify(path, demand, progress, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return counted is null ? result : result with { Findings = [.. result.Findings, counted] };
    }

    /// <summary>Counts the manifest's query over its range, now.</summary>
    /// <param name="connection">The server. Its address may differ from the one in the manifest.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="signals">The log that receives signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A finding for a verification. It passes if the server counts as many events as the export has.</returns>
    /// <exception cref="PagingException">The count failed, or the manifest has no range. The message says why.</exception>
    public static async Task<VerificationFinding> CountAsync(SearchConnection connection, ExportManifest manifest, SignalLog signals,
        CancellationToken cancellationToken)
    {
        var (counted, doubts) = await RangeCount.TakeAsync(connection, Restored(connection, manifest), signals, cancellationToken)
            .ConfigureAwait(false);
        var questioned = doubts.Count > 0 ? doubts[0] : null;
        // Earlier outputs of a schedule have the known records of the range.
        var written = manifest.Counts.Written + manifest.Counts.Known;
        var limited = manifest.MaxEvents is { } most && counted >= most;
        return new VerificationFinding(
            "ServerCount",
            questioned is null && written == (limited ? manifest.MaxEvents : counted),
            FormattableString.Invariant($"{counted:N0}"),
            FormattableString.Invariant($"{written:N0}"),
            questioned is null ? Detail(connection, manifest, counted, limited) : $"the count proves nothing, because {questioned}");
    }

    private static SearchRequest Restored(SearchConnection connection, ExportManifest manifest)
    {
        var identity = new WalkIdentity(manifest.System, manifest.Host, manifest.Repository, manifest.Query, manifest.Range.Start,
            manifest.Range.End)
        {
            Arguments = manifest.Arguments,
        };
        try
        {
            return connection.Restore(new SavedSearch(identity, new Dictionary<string, string>()) { TimeZone = manifest.TimeZone });
        }
        catch (FormatException e)
        {
            throw new PagingException(PagingErrorKind.RequestFailed, $"The {manifest.Schema.Nouns} cannot be counted again from this "
                + $"manifest: {e.Message}", e);
        }
    }

    // Version 1 has no tenant.
    private static bool SameTenant(SearchConnection connection, ExportManifest manifest) =>
        manifest.ManifestVersion < 2 || string.Equals(connection.Tenant, manifest.Tenant, StringComparison.Ordinal);

    private static string Place(string host, string? tenant) => tenant is null ? host : $"{host} for tenant {Printable.Line(tenant)}";

    private static string? Detail(SearchConnection connection, ExportManifest manifest, long counted, bool limited)
    {
        var why = (counted - manifest.Counts.Written - manifest.Counts.Known) switch
        {
            _ when limited => "the export was limited",
            0 => null,
            > 0 => $"{manifest.Schema.Nouns} are missing from the file, or arrived on the server after the export",
            _ => $"the server no longer has all {manifest.Schema.Nouns}, or the file has some of them twice",
        };
        var elsewhere = connection.Transport.Host == manifest.Host && SameTenant(connection, manifest)
            ? null
            : $"counted on {Place(connection.Transport.Host, connection.Tenant)}, exported from {Place(manifest.Host, manifest.Tenant)}";
        return why is null || elsewhere is null ? why ?? elsewhere : $"{why}; {elsewhere}";
    }
}
