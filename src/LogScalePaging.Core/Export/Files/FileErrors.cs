using LogScalePaging.Export.Errors;

namespace LogScalePaging.Export.Files;

/// <summary>
/// Distinguishes the errors of files. .NET reports them by number: a Windows HRESULT, or the errno of the current Unix.
/// </summary>
internal static class FileErrors
{
    /// <summary>True for errors of the file system and for invalid content; false for bugs of this program.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or InvalidDataException || IsTooLarge(e);

    /// <summary>No space or no quota left: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ENOSPC, EDQUOT of Linux and of macOS.</summary>
    public static bool IsDiskFull(Exception e) =>
        e is IOException && e.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027) or 28 or 122 or 69;

    /// <summary>
    /// The file system, or a limit of the account, does not allow a file of this size (FAT32 ends at 4 GiB): ERROR_FILE_TOO_LARGE, or
    /// EFBIG. .NET reports EFBIG as an argument out of range, without naming a method.
    /// </summary>
    public static bool IsTooLarge(Exception e) =>
        e is ArgumentOutOfRangeException { ParamName: "value", ActualValue: null }
            || (e is IOException && e.HResult is unchecked((int)0x800700DF) or 27);

    /// <summary>Another handle holds the file: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, EWOULDBLOCK of Linux and of macOS.</summary>
    public static bool IsInUse(Exception e) =>
        e is IOException && e.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35;

    /// <summary>Access denied, or a read-only file system (ERROR_WRITE_PROTECT, EROFS).</summary>
    public static bool IsDenied(Exception e) =>
        e is UnauthorizedAccessException || (e is IOException && e.HResult is unchecked((int)0x80070013) or 30);

    /// <summary>The error for a file that is not part of an export and could not be written.</summary>
    public static ExportException NotWritten(string path, Exception e)
    {
        var kind = IsDiskFull(e) ? ExportErrorKind.DiskFull
            : IsDenied(e) || IsInUse(e) ? ExportErrorKind.NotWritable
            : e is DirectoryNotFoundException ? ExportErrorKind.FolderMissing : ExportErrorKind.Other;
        return new ExportException(kind, path, $"'{path}' could not be written, and the export is unchanged: {e.Message}", e);
    }
}
