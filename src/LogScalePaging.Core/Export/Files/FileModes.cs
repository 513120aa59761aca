namespace LogScalePaging.Export.Files;

/// <summary>
/// Who may read what an export makes: its owner alone, because events hold personal data. A folder with setgid or a default ACL is set
/// up to be shared, so there the umask and the ACL decide as they do for every other program.
/// </summary>
internal static class FileModes
{
    /// <summary>Makes a folder for its owner alone, unless the folder above is a shared one.</summary>
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

    /// <summary>Opens a file that is private when it has to be made.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
#if NET
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 1 };
        if (!OperatingSystem.IsWindows() && !IsShared(Path.GetDirectoryName(path)!))
            options.UnixCreateMode = Private;
        return new FileStream(path, options);
#else
        return new FileStream(path, mode, access, share, bufferSize: 1);
#endif
    }

    /// <summary>
    /// Gives a file, which is about to replace another, the other's mode. Where there is none to replace, a private file stays private.
    /// </summary>
    /// <param name="path">The new file.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="replaced">A file that it replaces, or that belonged to the same older output; null when there is none.</param>
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
