using LogScalePaging.Common;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Verification;

/// <summary>
/// The files that a verification checks. The named file is always checked. A manifest proves a file only if it lists the file, or if it
/// lists a single file, which may have been renamed.
/// </summary>
internal sealed class VerificationSubject
{
    private static readonly StringComparer s_names =
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private VerificationSubject(string key, IReadOnlyList<(OutputFile File, string Name)> files, VerificationFinding? problem)
    {
        (Key, Files, Problem) = (key, files, problem);
    }

    /// <summary>Two paths with the same key are one export.</summary>
    public string Key { get; }

    /// <summary>The files, each with its name in the manifest and its current name.</summary>
    public IReadOnlyList<(OutputFile File, string Name)> Files { get; }

    /// <summary>Why the path cannot be checked with this manifest; null if it can.</summary>
    public VerificationFinding? Problem { get; }

    /// <param name="path">The output, one of its files, its manifest, or the folder of an unfinished run.</param>
    /// <param name="manifestPath">The manifest that belongs to it.</param>
    /// <param name="manifest">Its content.</param>
    public static VerificationSubject Of(string path, string manifestPath, ExportManifest manifest)
    {
        var output = ManifestLocator.OutputOf(manifestPath);
        var named = ManifestLocator.NamedFile(path) ?? output;
        var name = Path.GetFileName(named);
        var isFile = FileKinds.Behind(named) is not (FileKind.None or FileKind.Folder);
        var all = manifest.Files.Select(f => (f, f.Path)).ToArray();
        if (manifest.Files.Any(f => s_names.Equals(f.Path, name)))
            return new(manifestPath, all, problem: null);
        if (manifest.Files.Count == 1 && isFile && IsName(manifest.Files[0].Path))
            return new(named, [(manifest.Files[0], name)], problem: null);
        // The path is the manifest, or the common name of its numbered files, or of the slices of a plan.
        var names = new OutputNames(new ExportTarget { Path = output, Format = ExportFormat.Json });
        var isWhole = named == output && !isFile && manifest.Files.Count > 0
            && (manifest is { Plan: not null, Slice: null } || manifest.Files.All(f => names.IsOurs(f.Path)));
        if (isWhole || (manifest.Files.Count == 1 && !IsName(manifest.Files[0].Path)) || ManifestLocator.NamedFile(path) is null)
            return new(manifestPath, all, problem: null);
        return new(named, [], isFile
            ? new VerificationFinding("FileName", false, Names(manifest), name,
                "The manifest describes other files. Give one of them, or restore the manifest of this file.")
            { File = name }
            : new VerificationFinding("FileExists", false, name, "missing", $"The manifest describes {Names(manifest)}.") { File = name });
    }

    // Any other name would be outside the folder.
    private static bool IsName(string path) => Path.GetFileName(path) == path;

    private static string Names(ExportManifest manifest) => Printable.Line(manifest.Files.Count switch
    {
        0 => "no file",
        1 => manifest.Files[0].Path,
        var count => FormattableString.Invariant($"{manifest.Files[0].Path} and {count - 1:N0} more"),
    });
}
