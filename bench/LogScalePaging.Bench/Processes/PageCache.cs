namespace LogScalePaging.Bench.Processes;

/// <summary>
/// The system's memory for files. A virtual machine hands back what it does not use, and fetching it again costs more than the writing
/// that needs it: up to two seconds for 600 MB. Who is measured must not pay for that by chance, so everybody finds it fetched.
/// </summary>
internal static class PageCache
{
    /// <summary>Writes a file of that size and deletes it.</summary>
    public static void Fetch(long bytes, string folder)
    {
        var path = Path.Combine(folder, "page-cache");
        var block = new byte[1 << 20];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            for (var written = 0L; written < bytes; written += block.Length)
                file.Write(block);
        }
        File.Delete(path);
    }
}
