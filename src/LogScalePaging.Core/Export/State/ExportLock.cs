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
/// cannot be read.
/// </summary>
internal sealed class ExportLock : IDisposable
{
    private static readonly Regex s_owner = new(@"^process \d+ \(.*\) on ", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    private const string NoName = "an unknown process";
    private readonly FileStream _file;

    private ExportLock(FileStream file) => _file = file;

    /// <exception cref="ExportException">Another process, or another run in this one, holds it.</exception>
    public static ExportLock Take(PartialFolder folder, FileGuard guard) => Take(folder.LockPath, folder.OwnerPath, guard, owner =>
        new ExportException(ExportErrorKind.Locked, folder.Path,
            $"Another run is writing this output: {owner} uses '{folder.Path}'. Wait until it ends, stop it, or choose another path."));

    /// <param name="lockPath">The file that is locked.</param>
    /// <param name="ownerPath">The file with the name of its holder.</param>
    /// <param name="guard">Translates errors of the system.</param>
    /// <param name="inUse">Makes the exception for a lock that is held, from the name of its holder.</param>
    /// <exception cref="ExportException">Another process, or another run in this one, holds it.</exception>
    public static ExportLock Take(string lockPath, string ownerPath, FileGuard guard, Func<string, ExportException> inUse)
    {
        FileStream file;
        try
        {
            file = FileModes.Open(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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
        return new ExportLock(file);
    }

    /// <summary>Whether this process was the last to take the lock of a folder.</summary>
    public static bool IsOurs(PartialFolder folder) => FileKinds.Of(folder.OwnerPath) == FileKind.File
        && File.ReadAllText(folder.OwnerPath) == Self();

    /// <summary>Whether any process of this tool has locked a folder before.</summary>
    public static bool WasTaken(PartialFolder folder)
    {
        try
        {
            return FileKinds.Of(folder.OwnerPath) == FileKind.File && s_owner.IsMatch(File.ReadAllText(folder.OwnerPath));
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();

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
