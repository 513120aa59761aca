using LogScalePaging.Common;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.Verification;

/// <summary>Compares <c>OUTPUT.sha256</c> with the manifest. Exports of older versions do not have the file.</summary>
internal static class ChecksumCheck
{
    private const long MostBytes = 1 << 20;
    private const long MostBytesPerFile = 1 << 10;

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
        byte[] content;
        try
        {
            if (new FileInfo(path).Length > MostBytes + (MostBytesPerFile * manifest.Files.Count))
            {
                failures.Add("It is too large.");
                return;
            }
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            failures.Add($"It cannot be read: {e.Message}");
            return;
        }
        if (Checksums.Read(content) is not { } lines)
        {
            failures.Add("A line is not a checksum.");
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
