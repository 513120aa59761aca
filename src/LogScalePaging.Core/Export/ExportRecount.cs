using LogScalePaging.LogScale;
using LogScalePaging.Paging;

namespace LogScalePaging.Export;

/// <summary>Asks the server again how many events an export should hold.</summary>
public static class ExportRecount
{
    /// <summary>Counts the manifest's query over its range, now.</summary>
    /// <param name="connection">The server; it may be reached in another way than the export reached it.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="signals">Where signals go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A finding for a verification: passed when the server counts as many as the export holds.</returns>
    /// <exception cref="InvalidOperationException">The count could not be had, or the manifest has no range; the message says why.</exception>
    public static async Task<VerificationFinding> CountAsync(LogScaleConnection connection, ExportManifest manifest, SignalLog signals, CancellationToken cancellationToken)
    {
        if (manifest.Range is not { Start: { } start, End: { } end })
            throw new InvalidOperationException("The manifest does not say which range was exported.");
        var runner = new QueryJobRunner(connection.Client(signals, manifest.Repository), new JobGate(1));
        await using var _ = runner.ConfigureAwait(false);
        var spec = new QueryJobSpec(manifest.Query) { Start = QueryTime.At(start), End = QueryTime.At(end), Arguments = manifest.Arguments };
        var counted = await new EventCounter(runner, signals).CountAsync(spec, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (counted is null)
            throw new InvalidOperationException(signals.Warnings.LastOrDefault(w => w.Kind == SignalKind.PartialResult)?.Message ?? "The server gave no count.");
        var limited = manifest.MaxEvents is { } most && counted.Count >= most;
        return new VerificationFinding(
            "ServerCount",
            limited ? manifest.Counts.Written == manifest.MaxEvents : manifest.Counts.Written == counted.Count,
            FormattableString.Invariant($"{counted.Count:N0}"),
            FormattableString.Invariant($"{manifest.Counts.Written:N0}"),
            limited ? "the export was limited" : null);
    }
}
