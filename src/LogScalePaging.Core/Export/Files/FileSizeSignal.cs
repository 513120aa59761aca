#if NET
using System.Runtime.InteropServices;
#endif

namespace LogScalePaging.Export.Files;

/// <summary>
/// If an account has a limit for the size of files (<c>ulimit -f</c>, LimitFSIZE of systemd), Unix kills a process that writes more,
/// unless the process handles the signal. Then the write fails like any other, and complete parts are kept.
/// </summary>
internal static class FileSizeSignal
{
#if NET
    // Kept until the process ends: .NET handles a signal with a delay. Without a handler at that time, it kills the process.
    private static readonly Lazy<PosixSignalRegistration?> s_registration = new(Register);
#endif

    /// <summary>Handles the signal from now on.</summary>
    public static void Take()
    {
#if NET
        _ = s_registration.Value;
#endif
    }

#if NET
    // SIGXFSZ has the same number on Linux, macOS and the BSDs. .NET has no name for it.
    private static PosixSignalRegistration? Register() =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)25, static context => context.Cancel = true);
#endif
}
