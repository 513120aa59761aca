using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Verification;

/// <summary>Finds exports among files.</summary>
internal static class ExportFinder
{
    private static readonly string[] s_describing = [ExportTarget.ManifestEnding, ExportTarget.ChecksumEnding,
        ExportTarget.TimestampEnding];

    /// <summary>The manifest of a path, or the path where it should be. Two paths with the same manifest are one export.</summary>
    /// <param name="path">The output, one of its files, its manifest, or the folder of an unfinished run.</param>
    /// <exception cref="ExportException"><paramref name="path"/> is not a valid path.</exception>
    public static string ManifestOf(string path) => ManifestLocator.Find(path);

    /// <summary>
    /// The files among the matches of a wildcard that belong to an export. It skips folders, files that describe an export (unless the
    /// wildcard asks for them), and files without a manifest whose name is not that of an export. A file that has lost its manifest is
    /// kept, because it must be reported.
    /// </summary>
    /// <param name="matches">Full paths.</param>
    /// <param name="pattern">The wildcard.</param>
    public static IReadOnlyList<string> Among(IEnumerable<string> matches, string pattern)
    {
        var describingToo = Describes(pattern);
        return [.. matches.Where(path => File.Exists(path) && (describingToo || !Describes(path)) && MayBeExport(path))];
    }

    // An output can have the name of checksums. It has its own manifest.
    private static bool Describes(string path) =>
        s_describing.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && !File.Exists(path + ExportTarget.ManifestEnding);

    private static bool MayBeExport(string path) => ExportFormats.TryFromPath(path, out _, out _) || File.Exists(ManifestOf(path));
}
