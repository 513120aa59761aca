using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LogScalePaging.Support;

/// <summary>
/// A shell starts what it runs in the background with SIGINT ignored, and each child inherits that: a program that a test interrupts would
/// go on. So the tests take the default back before they start a program.
/// </summary>
internal static class DefaultSignals
{
    private const int Interrupt = 2;

    [ModuleInitializer]
    internal static void Restore()
    {
        if (!OperatingSystem.IsWindows() && IsIgnored(Interrupt))
            signal(Interrupt, IntPtr.Zero);
    }

    /// <summary>True when this process ignores a signal. Known on Linux only.</summary>
    internal static bool IsIgnored(int number)
    {
        const string Field = "SigIgn:";
        if (!File.Exists("/proc/self/status"))
            return false;
        var mask = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Field, StringComparison.Ordinal));
        return (ulong.Parse(mask.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber,
            CultureInfo.InvariantCulture) >> (number - 1) & 1) != 0;
    }

    [DllImport("libc", EntryPoint = "signal")]
#pragma warning disable SYSLIB1054, CA5392 // a call without strings, in a test
    private static extern nint signal(int number, nint handler);
#pragma warning restore SYSLIB1054, CA5392
}
