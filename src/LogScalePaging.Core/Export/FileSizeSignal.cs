#if NET
using System.Runtime.InteropServices;
#endif

namespace LogScalePaging.Export;

/// <summary>
/// Where an account has a limit on the size of files (<c>ulimit -f</c>, LimitFSIZE of systemd), Unix kills a process that writes beyond it
/// unless the process takes the signal. The write then fails like any other, and what is whole is kept.
/// </summary>
internal static class FileSizeSignal
{
    /// <summary>Takes the signal until it is disposed of; null where there is none to take.</summary>
    public static IDisposable? Take()
    {
#if NET
        // SIGXFSZ has the same number on Linux, macOS and the BSDs; .NET has no name for it.
        if (!OperatingSystem.IsWindows())
            return PosixSignalRegistration.Create((PosixSignal)25, static context => context.Cancel = true);
#endif
        return null;
    }
}
