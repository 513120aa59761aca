using System.Text;
using LogScalePaging.Json;

namespace LogScalePaging.Export.Manifest;

/// <summary>
/// <c>OUTPUT.sha256</c>: the SHA-256 of each file of an output, as <c>sha256sum</c> writes it and <c>sha256sum -c</c> reads it.
/// </summary>
internal static class Checksums
{
    private const int HashLength = 64;
    private const long MostBytes = 1 << 20;
    private const long MostBytesPerFile = 1 << 10;

    /// <summary>The bytes of the file. Names are relative to its folder.</summary>
    public static byte[] Of(IReadOnlyList<OutputFile> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            var name = Escaped(file.Path);
            // A backslash before the hash says that the name is escaped.
            text.Append(name == file.Path ? "" : "\\").Append(file.Sha256).Append("  ").Append(name).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads a file of checksums.</summary>
    /// <param name="path">The file.</param>
    /// <param name="files">About how many lines it may have. A much larger file is not read.</param>
    /// <returns>Name and hash of each line; null if the file is too large, or a line is not one that <c>sha256sum</c> writes.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, string Hash)>? Load(string path, int files) =>
        new FileInfo(path).Length > MostBytes + (MostBytesPerFile * files) ? null : Read(File.ReadAllBytes(path));

    /// <summary>Reads checksums.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <returns>Name and hash of each line; null if a line is not one that <c>sha256sum</c> writes.</returns>
    public static IReadOnlyList<(string Name, string Hash)>? Read(byte[] content)
    {
        var lines = new List<(string, string)>();
        foreach (var line in Utf8Text.Get(content).Split('\n'))
        {
            if (line.Length == 0)
                continue;
            if (Line(line) is not { } entry)
                return null;
            lines.Add(entry);
        }
        return lines;
    }

    private static (string Name, string Hash)? Line(string line)
    {
        var isEscaped = line[0] == '\\';
        var text = isEscaped ? line.Substring(1) : line;
        // A star before the name means that the file was read as binary data. On Windows, sha256sum writes it.
        if (text.Length < HashLength + 3 || text[HashLength] != ' ' || text[HashLength + 1] is not (' ' or '*'))
            return null;
        var hash = text.Substring(0, HashLength);
        if (!hash.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
            return null;
        var name = text.Substring(HashLength + 2);
        if (isEscaped && Unescaped(name) is null)
            return null;
        return (isEscaped ? Unescaped(name)! : name, hash.ToLowerInvariant());
    }

    private static string Escaped(string name) => name.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");

    private static string? Unescaped(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '\\')
            {
                text.Append(name[i]);
                continue;
            }
            i++;
            char? c = i == name.Length ? null : name[i] switch { '\\' => '\\', 'n' => '\n', 'r' => '\r', _ => null };
            if (c is null)
                return null;
            text.Append(c.Value);
        }
        return text.ToString();
    }
}
