using Microsoft.Win32.SafeHandles;

namespace LogScalePaging.Cli;

/// <summary>Opens standard output for data.</summary>
internal static class StandardOutput
{
    private const int BrokenPipeOfUnix = 32;
    private const int BrokenPipeOfWindows = unchecked((int)0x8007006D);
    private const int NoDataOfWindows = unchecked((int)0x800700E8);

    /// <summary>
    /// The console's own stream ignores a broken pipe, so <c>| head</c> would not end a walk of hours. A plain file stream reports it. It
    /// is used only for a pipe: on a file it would write at its own offsets, which differ from the shell's.
    /// </summary>
    /// <param name="isPipe">True for a pipe.</param>
    public static Stream Open(out bool isPipe)
    {
        isPipe = false;
        if (!OperatingSystem.IsWindows() && !StandardHandle.IsGiven(StandardHandle.Output))
            return new ClosedStream();
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.OpenStandardOutput();
        try
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            isPipe = !pipe.CanSeek;
            return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Something unusual, such as a directory. The console's own stream reports it when it is written to.
            return Console.OpenStandardOutput();
        }
    }

    /// <summary>True if the reader of the output has closed it.</summary>
    public static bool IsBrokenPipe(Exception e) =>
        e is IOException { HResult: BrokenPipeOfUnix or BrokenPipeOfWindows or NoDataOfWindows };
}
