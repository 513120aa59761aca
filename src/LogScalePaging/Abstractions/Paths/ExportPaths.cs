using System.Management.Automation;
using LogScalePaging.Export.Verification;

namespace LogScalePaging.Commands;

/// <summary>Finds the exports that paths name, each of them once: several paths may be one export, its files and its manifest.</summary>
internal sealed class ExportPaths(PSCmdlet cmdlet)
{
    private readonly SeenExports _seen = new();

    /// <summary>The path that is worked on, as the user wrote it; null before the first one.</summary>
    public string? Current { get; private set; }

    /// <summary>Processes the exports that paths name.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="isLiteral">Whether they are taken as they are written.</param>
    /// <param name="process">Gets the path of each export.</param>
    /// <param name="unmatched">Gets each pattern that matches no export.</param>
    /// <param name="failed">Gets the failure of one path. The others are still processed if it returns.</param>
    public void ForEach(IEnumerable<string> paths, bool isLiteral, Action<string> process, Action<string> unmatched,
        Action<Exception, object?> failed)
    {
        foreach (var path in paths)
        {
            Current = path;
            try
            {
                var found = isLiteral ? [FilePath.Resolve(cmdlet, path)] : Expand(path);
                foreach (var export in found.Where(_seen.Add))
                    process(export);
                if (found.Count == 0)
                    unmatched(path);
            }
#pragma warning disable CA1031 // the cmdlet decides which failure ends it
            catch (Exception e)
#pragma warning restore CA1031
            {
                failed(e, path);
            }
        }
    }

    private IReadOnlyList<string> Expand(string path)
    {
        var found = FilePath.Expand(cmdlet, path, out var isPattern);
        if (!isPattern)
            return found;
        var exports = ExportFinder.Among(found, path);
        if (exports.Count > 0)
            return exports;
        // Invoke-QueryJobExport takes its path as it is written, brackets too.
        var literal = FilePath.Resolve(cmdlet, path);
        return File.Exists(literal) || File.Exists(ExportFinder.ManifestOf(literal)) ? [literal] : [];
    }
}
