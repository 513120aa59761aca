using LogScalePaging.Common;
using LogScalePaging.Export.Errors;

namespace LogScalePaging.Export.Target;

/// <summary>The outputs of one command. Two of them must not write the same files: the second would replace the first.</summary>
public sealed class ClaimedOutputs
{
    // Windows and macOS ignore the case of names.
    private static readonly StringComparison s_names = Path.DirectorySeparatorChar == '/' && !Directory.Exists("/System/Library")
        ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private readonly List<ExportTarget> _claimed = [];

    /// <summary>Claims the files of an output.</summary>
    /// <exception cref="ExportException">An earlier output of the command has some of these files.</exception>
    public void Claim(ExportTarget target)
    {
        if (_claimed.Find(other => Collide(target, other)) is { } earlier)
        {
            throw new ExportException(ExportErrorKind.BadPath, target.Path, $"An earlier query of this command is exported to "
                + $"'{Printable.Line(earlier.Path)}', and '{Printable.Line(target.Path)}' has the same files. Nothing was fetched for "
                + "this query. Put {name} or {index} into the path.");
        }
        _claimed.Add(target);
    }

    private static bool Collide(ExportTarget one, ExportTarget other)
    {
        if (string.Equals(one.Path, other.Path, s_names))
            return true;
        return string.Equals(Path.GetDirectoryName(one.Path), Path.GetDirectoryName(other.Path), s_names)
            && (Has(one, other) || Has(other, one));
    }

    // The names of one output: the file, its numbered files, its manifest and its folder.
    private static bool Has(ExportTarget one, ExportTarget other)
    {
        var name = Path.GetFileName(other.Path);
        return string.Equals(other.Path, one.ManifestPath, s_names) || string.Equals(other.Path, one.PartialPath, s_names)
            || (one.Rotates && new OutputNames(one).IsOurs(name));
    }
}
