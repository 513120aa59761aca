#if NET
using System.Runtime.InteropServices;
#endif

namespace LogScalePaging.Export.Files;

/// <summary>
/// Where an account has a limit on the size of files (<c>ulimit -f</c>, LimitFSIZE of systemd), Unix kills a process that writes beyond it
/// unless the process takes the signal. The write then fails like any other, and what is whole is kept.
/// </summary>
internal static class FileSizeSignal
{
#if NET
    // Kept until the process ends: .NET handles a signal some time after it came, and without a handler by then it kills the process.
    private static readonly Lazy<PosixSignalRegistration?> s_registration = new(Register);
#endif

    /// <summary>Takes the signal from here on.</summary>
    public static void Take()
    {
#if NET
        _ = s_registration.Value;
#endif
    }

#if NET
    // SIGXFSZ has the same number on Linux, macOS and the BSDs; .NET has no name for it.
    private static PosixSignalRegistration? Register() =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)25, static context => context.Cancel = true);
#endif
}
