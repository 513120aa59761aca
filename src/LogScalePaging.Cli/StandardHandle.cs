using System.Runtime.InteropServices;

namespace LogScalePaging.Cli;

/// <summary>Whether a standard stream of Unix was given to this process, or closed by whoever started it (<c>2&gt;&amp;-</c>).</summary>
internal static class StandardHandle
{
    public const int Output = 1;
    public const int Error = 2;

    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>
    /// False when it was closed. The number is then another file's that the runtime has opened since: what was written to it would go
    /// there. The runtime closes its own on exec; what came through an exec cannot have that mark.
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
