namespace LogScalePaging.Export.Files;

/// <summary>
/// The mode of exported files: only the owner may read them, because events hold personal data. A folder with setgid or a default ACL is
/// meant to be shared. There, the umask and the ACL decide, as for every other program.
/// </summary>
internal static class FileModes
{
    /// <summary>Creates a folder that only its owner can read, unless the parent is a shared folder.</summary>
    public static void CreateFolder(string path)
    {
#if NET
        if (!OperatingSystem.IsWindows() && !IsShared(Path.GetDirectoryName(path)!))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Opens a file. If it is new, only its owner can read it.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
#if NET
        var all = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 1, Options = options };
        if (!OperatingSystem.IsWindows() && !IsShared(Path.GetDirectoryName(path)!))
            all.UnixCreateMode = Private;
        return new FileStream(path, all);
#else
        return new FileStream(path, mode, access, share, bufferSize: 1, options);
#endif
    }

    /// <summary>Gives a file the mode of the file that it will replace. If there is none, a private file stays private.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="folder">Its target folder.</param>
    /// <param name="replaced">A file that it replaces, or that belonged to the same older output; null if there is none.</param>
    public static void Prepare(string path, string folder, string? replaced)
    {
#if NET
        if (OperatingSystem.IsWindows())
            return;
        var now = File.GetUnixFileMode(path);
        var wanted = replaced is not null ? File.GetUnixFileMode(replaced) & Permissions : IsShared(folder) ? now : now & Private;
        if (wanted != now)
            File.SetUnixFileMode(path, wanted);
#endif
    }

#if NET
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsShared(string folder) =>
        (Directory.Exists(folder) && (File.GetUnixFileMode(folder) & UnixFileMode.SetGroup) != 0) || UnixFile.HasDefaultAcl(folder);
#endif
}
