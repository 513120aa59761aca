namespace LogScalePaging.Core.Tests.Export;

/// <summary>A file system of a few megabytes in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int megabytes)
    {
        Root = Path.Combine(Path.GetTempPath(), "lsp-disk-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Root);
        var (exitCode, output) = Tools.Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Root);
        if (exitCode == 0)
            return;
        Directory.Delete(Root);
        throw new IOException(output);
    }

    public string Root { get; }

    /// <summary>True where this process may mount one.</summary>
    public static bool IsPossible()
    {
        try
        {
            new SmallDisk(1).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Tools.Run("umount", Root);
        Directory.Delete(Root);
    }
}
