using LogScalePaging.Common;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Export.Verification;

/// <summary>Finds contradictions within a manifest. A manifest that contradicts itself proves nothing.</summary>
internal static class ManifestConsistency
{
    private const string Complete = nameof(CompletenessState.Complete);

    /// <summary>The finding for a verification.</summary>
    public static VerificationFinding Check(ExportManifest manifest)
    {
        var failures = new Failures();
        foreach (var contradiction in Contradictions(manifest))
            failures.Add(contradiction);
        return failures.Finding("Consistency", "no contradiction in the manifest");
    }

    private static IEnumerable<string> Contradictions(ExportManifest manifest)
    {
        var counts = manifest.Counts;
        if (manifest.ManifestVersion < 1)
            yield return FormattableString.Invariant($"The layout {manifest.ManifestVersion} does not exist.");
        if (manifest.State is not (Complete or nameof(CompletenessState.Incomplete) or nameof(CompletenessState.Unverified)))
            yield return $"The state '{Printable.Line(manifest.State ?? "")}' does not exist.";
        if (manifest.Order != manifest.Schema.Order.ToString() && manifest.Order != ExportManifest.AsSent)
            yield return $"The order '{Printable.Line(manifest.Order ?? "")}' is not that of the schema, {manifest.Schema.Order}.";
        if (IsNegative(counts) || manifest.Files.Any(f => f.Bytes < 0 || f.Events < 0))
            yield return "A count is negative.";
        else if (manifest.Files.Aggregate(0m, (sum, f) => sum + f.Events) is var events && events != counts.Written)
            yield return FormattableString.Invariant(
                $"The files have {events:N0} {manifest.Schema.Nouns}, but {counts.Written:N0} were written.");
        if (manifest.Files.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count() != manifest.Files.Count)
            yield return "A file is listed twice.";
        if (manifest.MaxEvents < counts.Written)
            yield return FormattableString.Invariant(
                $"The limit is {manifest.MaxEvents:N0} {manifest.Schema.Nouns}, but {counts.Written:N0} were written.");
        if (manifest.Range.Start > manifest.Range.End)
            yield return "The range ends before it starts.";
        if (manifest.State != Complete)
            yield break;
        if (counts.Missing > 0)
            yield return FormattableString.Invariant(
                $"The state is Complete, but {counts.Missing:N0} {manifest.Schema.Nouns} are missing.");
        if (manifest.MissingRanges is { Count: > 0 })
            yield return "The state is Complete, but a part of the range is missing.";
        if (counts.Received < counts.Expected && !(counts.Received >= manifest.MaxEvents))
            yield return FormattableString.Invariant(
                $"The state is Complete, but {counts.Received:N0} of {counts.Expected:N0} {manifest.Schema.Nouns} were received.");
        if ((decimal)counts.Received + counts.Late < counts.ExpectedAfter && manifest.MaxEvents is null)
            yield return FormattableString.Invariant(
                $"The state is Complete, but {counts.Received:N0} of {counts.ExpectedAfter:N0} {manifest.Schema.Nouns} were received.");
    }

    private static bool IsNegative(ManifestCounts counts) => counts.Expected < 0 || counts.ExpectedAfter < 0 || counts.Received < 0
        || counts.Written < 0 || counts.DuplicatesDropped < 0 || counts.InvalidUtf8 < 0 || counts.Late < 0 || counts.Known < 0
        || counts.Missing < 0;
}
