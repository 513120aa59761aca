using LogScalePaging.Export.Errors;

namespace LogScalePaging.Export.Files;

/// <summary>
/// Distinguishes regular files from other kinds. .NET treats a named pipe and a device as a file: a rename would replace them, and
/// opening a pipe waits for its other end.
/// </summary>
internal static class FileKinds
{
    /// <summary>The kind of file under a name. Links are not followed.</summary>
    public static FileKind Of(string path) => UnixFile.Kind(path, followLinks: false) ?? Portable(path);

    /// <summary>The kind of file under a name, following links; <see cref="FileKind.None"/> for a link to nothing.</summary>
    public static FileKind Behind(string path) => UnixFile.Kind(path, followLinks: true) ?? Portable(path, followLinks: true);

    /// <summary>The kind for a message, with its article.</summary>
    public static string Name(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Link => "a symbolic link",
        FileKind.NamedPipe => "a named pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        FileKind.File => "a file",
        _ => "missing",
    };

    /// <summary>Throws if something other than a regular file has this name.</summary>
    /// <exception cref="ExportException">The name is not a regular file.</exception>
    public static void EnsureFileOrNothing(string path)
    {
        if (Of(path) is var kind && kind is not (FileKind.None or FileKind.File))
            throw new ExportException(ExportErrorKind.BadPath, path, $"'{path}' is {Name(kind)}, not a regular file. Choose another path.");
    }

    /// <summary>Whether a file has a byte. Another process can delete it meanwhile.</summary>
    public static bool HasContent(string path)
    {
        // The length of the same look at the disk.
        var file = new FileInfo(path);
        return file.Exists && file.Length > 0;
    }

    /// <summary>Throws if the path is that of a folder, also of one that does not exist.</summary>
    /// <exception cref="ExportException">It is.</exception>
    public static void EnsureNoFolder(string path)
    {
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path))
            throw new ExportException(ExportErrorKind.BadPath, path, $"'{path}' is a folder. Give the path of a file in it.");
    }

    private static FileKind Portable(string path, bool followLinks = false)
    {
        // \\.\NUL, \\.\COM1, \\.\pipe\name: Windows makes such paths from device names.
        if (path.StartsWith(@"\\.\", StringComparison.Ordinal))
            return FileKind.Device;
#if NET
        if (!followLinks && new FileInfo(path).LinkTarget is not null)
            return FileKind.Link;
#endif
        if (Directory.Exists(path))
            return FileKind.Folder;
        return File.Exists(path) ? FileKind.File : FileKind.None;
    }
}
