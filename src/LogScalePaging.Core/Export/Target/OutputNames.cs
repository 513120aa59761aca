using System.Globalization;

namespace LogScalePaging.Export.Target;

/// <summary>Names of the files of an output: the path itself, or <c>name-00001.extension</c> if it is split.</summary>
internal sealed class OutputNames
{
    private readonly string _stem;
    private readonly string _ending;
    private readonly bool _rotates;

    public OutputNames(ExportTarget target)
    {
        Folder = Path.GetDirectoryName(target.Path)!;
        var file = Path.GetFileName(target.Path);
        _rotates = target.Rotates;
        var inner = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Substring(0, file.Length - 3) : file;
        _stem = Path.GetFileNameWithoutExtension(inner);
        _ending = file.Substring(_stem.Length);
    }

    public string Folder { get; }

    /// <summary>File name of the n-th file, from 1.</summary>
    public string Name(int number) => _rotates ? Numbered(number) : _stem + _ending;

    public string FullPath(string name) => Path.Combine(Folder, name);

    /// <summary>True for a name that an output at this path has or had, in one file or in several.</summary>
    public bool IsOurs(string name)
    {
        if (name == _stem + _ending)
            return true;
        var digits = name.Length - _stem.Length - _ending.Length - 1;
        return digits >= 5
            && name.StartsWith(_stem + "-", StringComparison.Ordinal)
            && name.EndsWith(_ending, StringComparison.Ordinal)
            && int.TryParse(name.Substring(_stem.Length + 1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && name == Numbered(number);
    }

    private string Numbered(int number) => _stem + "-" + number.ToString("D5", CultureInfo.InvariantCulture) + _ending;
}
