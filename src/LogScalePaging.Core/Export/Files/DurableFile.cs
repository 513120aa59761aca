namespace LogScalePaging.Export.Files;

/// <summary>Files that are either whole under their name or not there: written beside, flushed to the disk, renamed.</summary>
internal static class DurableFile
{
    public const string TemporaryEnding = ".tmp";
    private const int Attempts = 10;
    private static readonly bool s_isWindows = Path.DirectorySeparatorChar == '\\';
    private static readonly ManualResetEventSlim s_never = new();

    /// <summary>A file to write, without a buffer of the framework's own.</summary>
    public static FileStream Create(string path) => FileModes.Open(path, FileMode.Create, FileAccess.Write, FileShare.Read);

    /// <summary>A file to read from its start to its end, without a buffer of the framework's own.</summary>
    public static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

    /// <summary>Replaces a file by these bytes, or leaves it as it was.</summary>
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

    /// <summary>Renames within a volume; unless <paramref name="replace"/> is set, a file that is there already stays and this throws.</summary>
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
                // Virus scanners and indexers open a file right after it was written, for some milliseconds.
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

    /// <summary>Deletes without complaint: what cannot be deleted now is found and deleted by the next run.</summary>
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
