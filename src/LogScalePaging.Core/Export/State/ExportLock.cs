using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using LogScalePaging.Common;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Export.State;

/// <summary>
/// Keeps a second process from using an export. The operating system holds the lock (on Unix, .NET uses <c>flock</c> for <see
/// cref="FileShare.None"/>), so it ends with its process in every case. Another file has the name of the holder, because the locked file
/// cannot be read. Both files are deleted when the lock is released. A process that was killed leaves them, without the lock.
/// </summary>
internal sealed class ExportLock : IDisposable
{
    private static readonly Regex s_owner = new(@"^process \d+ \(.*\) on ", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private const string NoName = "an unknown process";
    private readonly string _ownerPath;
    private readonly Func<bool> _keepsOwner;
    private FileStream? _file;

    private ExportLock(FileStream file, string ownerPath, Func<bool> keepsOwner) =>
        (_file, _ownerPath, _keepsOwner) = (file, ownerPath, keepsOwner);

    /// <exception cref="ExportException">Another process, or another run in this one, holds it.</exception>
    public static ExportLock Take(PartialFolder folder, FileGuard guard) => Take(folder.LockPath, folder.OwnerPath, guard,
        owner => new ExportException(ExportErrorKind.Locked, folder.Path,
            $"Another run is writing this output: {owner} uses '{folder.Path}'. Wait until it ends, stop it, or choose another path."),
        () => folder.NeedsOwner);

    /// <param name="lockPath">The file that is locked.</param>
    /// <param name="ownerPath">The file with the name of its holder.</param>
    /// <param name="guard">Translates errors of the system.</param>
    /// <param name="inUse">Makes the exception for a lock that is held, from the name of its holder.</param>
    /// <param name="keepsOwner">Called before the lock is released: whether the name of the holder must stay. Null for no.</param>
    /// <exception cref="ExportException">Another process, or another run in this one, holds it.</exception>
    public static ExportLock Take(string lockPath, string ownerPath, FileGuard guard, Func<string, ExportException> inUse,
        Func<bool>? keepsOwner = null)
    {
        FileStream file;
        try
        {
            // DeleteOnClose deletes the file before the lock is released. On Unix, another process may have opened the file before that
            // and lock it afterwards, while a third one creates a new file. With these three options, .NET finds that a file that it has
            // just locked no longer has its name, and opens the new one. Windows does not open a file that is being deleted.
            file = FileModes.Open(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (FileErrors.IsInUse(e))
        {
            throw inUse(Owner(ownerPath));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw guard.Translate(e, lockPath);
        }
        try
        {
            using var owner = DurableFile.Create(ownerPath);
            var self = Encoding.UTF8.GetBytes(Self());
            owner.Write(self, 0, self.Length);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            // This is only for a message. A full disk must not prevent a run from being resumed.
        }
        return new ExportLock(file, ownerPath, keepsOwner ?? (() => false));
    }

    /// <summary>Whether this process was the last to take the lock of a folder.</summary>
    public static bool IsOurs(PartialFolder folder) => FileKinds.Of(folder.OwnerPath) == FileKind.File
        && File.ReadAllText(folder.OwnerPath) == Self();

    /// <summary>Whether any process of this tool has locked a folder before.</summary>
    public static bool WasTaken(PartialFolder folder) => WasTaken(folder.OwnerPath);

    /// <summary>Whether a file has the name of a holder.</summary>
    private static bool WasTaken(string ownerPath)
    {
        try
        {
            return FileKinds.Of(ownerPath) == FileKind.File && s_owner.IsMatch(File.ReadAllText(ownerPath));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return false;
        }
    }

    /// <summary>
    /// A file of the user with the name of one of the two files; null if there is none. Deleting an empty file loses nothing, and a crash
    /// can leave the locked file before the name of its holder is written.
    /// </summary>
    public static string? Foreign(string lockPath, string ownerPath) => WasTaken(ownerPath)
        ? null
        // Another run can have begun meanwhile.
        : new[] { lockPath, ownerPath }.FirstOrDefault(f => FileKinds.HasContent(f) && !WasTaken(ownerPath));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _file, null) is not { } file)
            return;
        try
        {
            // After the release, it would be the name of the next holder.
            if (!_keepsOwner())
                DurableFile.TryDelete(_ownerPath);
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            // The folder cannot be read, so the name stays. The lock does not.
        }
        finally
        {
            file.Dispose();
        }
    }

    private static string Self()
    {
        using var process = Process.GetCurrentProcess();
        return FormattableString.Invariant($"process {process.Id} ({process.ProcessName}) on {Environment.MachineName}");
    }

    private static string Owner(string path)
    {
        try
        {
            return FileKinds.Of(path) == FileKind.File ? Printable.Line(File.ReadAllText(path)) : NoName;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return NoName;
        }
    }
}
