namespace LogScalePaging.Export.Manifest;

/// <summary>Lists what an output leaves out on purpose. Records that are missing are part of the verdict instead.</summary>
internal static class ManifestExclusions
{
    /// <summary>The exclusions of a run, possibly none.</summary>
    public static IReadOnlyList<ManifestExclusion> Of(ExportManifest manifest) => [.. All(manifest)];

    private static IEnumerable<ManifestExclusion> All(ExportManifest manifest)
    {
        var (counts, nouns) = (manifest.Counts, manifest.Schema.Nouns);
        if (counts.DuplicatesDropped > 0)
            yield return new("Duplicates", counts.DuplicatesDropped, $"{Upper(nouns)} that equal another one in every byte were dropped.");
        if (manifest.MaxEvents is { } most && counts.Written >= most && Beyond(counts) is not 0)
            yield return new("BeyondLimit", Beyond(counts), FormattableString.Invariant($"The export was limited to {most:N0} {nouns}."));
        if (counts.Late > 0)
            yield return new("Late", counts.Late, $"{Upper(nouns)} arrived after the range was counted.");
        if (counts.InvalidUtf8 > 0)
            yield return new("InvalidUtf8", counts.InvalidUtf8, "Bytes that are not valid UTF-8 were replaced by U+FFFD.");
        if (manifest.Property is { } kept)
            yield return new("OtherFields", counts.Written, $"Only these fields were kept: {string.Join(", ", kept)}.");
        if (manifest.ExcludeProperty is { } left)
            yield return new("ExcludedFields", counts.Written, $"These fields were left out: {string.Join(", ", left)}.");
    }

    private static long? Beyond(ManifestCounts counts) =>
        (counts.ExpectedAfter ?? counts.Expected) is { } expected ? Math.Max(0, expected - counts.Written) : null;

    private static string Upper(string noun) => char.ToUpperInvariant(noun[0]) + noun.Substring(1);
}
