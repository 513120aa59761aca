using System.Text;
using LogScalePaging.Common;

namespace LogScalePaging.Search;

/// <summary>Reads a query from a file. It may have several lines and comments, in the language of the system.</summary>
public static class QueryFile
{
    /// <summary>The largest file in bytes. A larger file is probably not a query.</summary>
    public const long Largest = 1_000_000;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The name of the query: the name of the file without its folder and its last extension.</summary>
    public static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    /// <summary>
    /// The query: UTF-8, or UTF-16 with a byte order mark. Line ends become LF, so that the same query has the same hash on every system,
    /// and blank space around the query is removed.
    /// </summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="ArgumentException">There is no file, it cannot be read, or it has no query. The message says why.</exception>
    public static string Read(string path)
    {
        var query = Text(path).Replace("\r\n", "\n").Replace('\r', '\n').Trim();
        if (query.Length == 0)
            throw Bad(path, "is empty");
        if (query.Contains('\0'))
            throw Bad(path, "is not text");
        // For LogScale, a query of comments only means all events.
        if (query.Split('\n').All(line => line.Trim() is { Length: 0 } || line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            throw Bad(path, "has only comments");
        return query;
    }

    private static string Text(string path)
    {
        if (!File.Exists(path))
            throw Bad(path, Directory.Exists(path) ? "is a folder" : "does not exist");
        try
        {
            if (new FileInfo(path).Length > Largest)
                throw Bad(path, FormattableString.Invariant($"has more than {Largest:N0} bytes"));
            return Decoded(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException e)
        {
            throw Bad(path, "is not valid UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Bad(path, $"cannot be read: {Printable.Line(e.Message)}", e);
        }
    }

    // Windows PowerShell writes UTF-16 when the output of a command is redirected to a file.
    private static string Decoded(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => s_utf8.GetString(bytes, 3, bytes.Length - 3),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
        _ => s_utf8.GetString(bytes),
    };

    private static ArgumentException Bad(string path, string why, Exception? inner = null) =>
        new($"The query file '{Printable.Line(path)}' {why}.", inner);
}
