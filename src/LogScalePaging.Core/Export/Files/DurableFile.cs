namespace LogScalePaging.Export.Files;

/// <summary>
/// Writes files so that they are either complete under their name or do not exist: to a temporary name, flushed to the disk, then
/// renamed.
/// </summary>
internal static class DurableFile
{
    public const string TemporaryEnding = ".tmp";
    private const int Attempts = 10;
    private static readonly bool s_isWindows = Path.DirectorySeparatorChar == '\\';
    private static readonly ManualResetEventSlim s_never = new();

    /// <summary>A file for writing, without the framework's own buffer.</summary>
    public static FileStream Create(string path) => FileModes.Open(path, FileMode.Create, FileAccess.Write, FileShare.Read);

    /// <summary>A file for reading from start to end, without the framework's own buffer.</summary>
    public static FileStream Read(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

    /// <summary>Replaces a file with these bytes, or leaves it as it was.</summary>
    public static void Write(string path, byte[] content, Action<string>? step = null)
    {
        var temporary = path + TemporaryEnding;
        try
        {
            using (var file = Create(temporary))
            {
                file.Write(content, 0, content.Length);
                file.Flush(flushToDisk: true);
            }
            step?.Invoke("checkpoint written");
            Move(temporary, path, replace: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Renames within a volume. Unless <paramref name="replace"/> is set, this throws if the target exists.</summary>
    public static void Move(string source, string target, bool replace)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                MoveOnce(source, target, replace);
                return;
            }
            catch (Exception e) when (attempt < Attempts && s_isWindows && (FileErrors.IsDenied(e) || FileErrors.IsInUse(e)))
            {
                // Virus scanners and indexers open a new file for some milliseconds.
                s_never.Wait(TimeSpan.FromMilliseconds(10 * attempt));
            }
        }
    }

    private static void MoveOnce(string source, string target, bool replace)
    {
#if NETSTANDARD2_0
        if (replace && File.Exists(target))
            File.Replace(source, target, destinationBackupFileName: null, ignoreMetadataErrors: true);
        else
            File.Move(source, target);
#else
        File.Move(source, target, replace);
#endif
    }

    /// <summary>Deletes a file and ignores errors. If it cannot be deleted now, the next run finds and deletes it.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
        }
    }
}
