using System.Runtime.InteropServices;

namespace LogScalePaging.Cli;

/// <summary>Whether a standard stream of Unix was open when this process started, or closed by its parent (<c>2&gt;&amp;-</c>).</summary>
internal static class StandardHandle
{
    public const int Output = 1;
    public const int Error = 2;

    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>
    /// False if it was closed. The runtime has then used the number for another file, and writing to it would damage that file. Files of
    /// the runtime are marked to be closed on exec. A stream of the parent cannot have this mark.
    /// </summary>
    public static bool IsGiven(int handle)
    {
        var flags = Fcntl(handle, GetFlags);
        return flags >= 0 && (flags & CloseOnExec) == 0;
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fcntl(int handle, int command);
}
