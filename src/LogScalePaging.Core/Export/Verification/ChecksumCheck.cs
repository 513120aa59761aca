using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Verification;

/// <summary>Compares <c>OUTPUT.sha256</c> with the manifest. Exports of older versions do not have the file.</summary>
internal static class ChecksumCheck
{
    /// <summary>The finding for a verification; null if there is no such file.</summary>
    /// <param name="manifestPath">Path of the manifest.</param>
    /// <param name="manifest">Its content.</param>
    public static VerificationFinding? Of(string manifestPath, ExportManifest manifest)
    {
        var path = ManifestLocator.OutputOf(manifestPath) + ExportTarget.ChecksumEnding;
        var kind = FileKinds.Behind(path);
        if (kind == FileKind.None)
            return null;
        var failures = new Failures();
        if (kind != FileKind.File)
            failures.Add($"It is {FileKinds.Name(kind)}.");
        else
            Compare(path, manifest, failures);
        return failures.Finding("Checksums", "the hashes of the manifest") with { File = Path.GetFileName(path) };
    }

    private static void Compare(string path, ExportManifest manifest, Failures failures)
    {
        IReadOnlyList<(string Name, string Hash)>? lines;
        try
        {
            lines = Checksums.Load(path, manifest.Files.Count);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            failures.Add($"It cannot be read: {e.Message}");
            return;
        }
        if (lines is null)
        {
            failures.Add("It is too large, or a line is not a checksum.");
            return;
        }
        // A user may have added lines for other files.
        var known = lines.ToLookup(l => l.Name, l => l.Hash, StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (!known.Contains(file.Path))
                failures.Add($"'{file.Path}' is not in it.");
            else if (known[file.Path].Any(hash => hash != file.Sha256))
                failures.Add($"The hash of '{file.Path}' differs from the one in the manifest.");
        }
    }
}
