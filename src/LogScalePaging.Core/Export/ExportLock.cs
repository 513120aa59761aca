using System.Diagnostics;

namespace LogScalePaging.Export;

/// <summary>
/// Keeps a second process off an export. The operating system holds the lock (on Unix .NET takes <c>flock</c> for
/// <see cref="FileShare.None"/>), so it ends with its process however that ends. Who holds it stands in a file beside, because the
/// locked one cannot be read.
/// </summary>
internal sealed class ExportLock : IDisposable
{
    private readonly FileStream _file;

    private ExportLock(FileStream file) => _file = file;

    /// <exception cref="ExportException">Another process, or another run in this one, holds it.</exception>
    public static ExportLock Take(PartialFolder folder, FileGuard guard)
    {
        FileStream file;
        try
        {
            file = new FileStream(folder.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception e) when (FileErrors.IsInUse(e))
        {
            throw new ExportException(ExportErrorKind.Locked, folder.Path,
                $"Another run is writing this output: {Owner(folder)} works in '{folder.Path}'. Wait until it ends, end it, or choose another path.", e);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, folder.LockPath);
        }
        try
        {
            File.WriteAllText(folder.OwnerPath, Self());
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            // For a message only, and a full disk must not keep a run from being resumed.
        }
        return new ExportLock(file);
    }

    /// <summary>Whether this process was the last to take the lock of a folder.</summary>
    public static bool IsOurs(PartialFolder folder) => File.Exists(folder.OwnerPath) && File.ReadAllText(folder.OwnerPath) == Self();

    public void Dispose() => _file.Dispose();

    private static string Self()
    {
        using var process = Process.GetCurrentProcess();
        return FormattableString.Invariant($"process {process.Id} ({process.ProcessName}) on {Environment.MachineName}");
    }

    private static string Owner(PartialFolder folder)
    {
        try
        {
            return Printable.Line(File.ReadAllText(folder.OwnerPath));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return "a process that left no name";
        }
    }
}
