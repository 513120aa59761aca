namespace LogScalePaging.Cli;

/// <summary>The exit codes of the process. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>The result is Complete, or it is Unverified and a line says so.</summary>
    public const int Complete = 0;

    /// <summary>The command failed, and a line says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the settings are not valid.</summary>
    public const int Usage = 2;

    /// <summary>The result is Incomplete, or a file does not match its manifest.</summary>
    public const int Incomplete = 3;

    /// <summary>The result is Unverified, and <c>--require-complete</c> was given.</summary>
    public const int Unverified = 4;

    /// <summary>Stopped by Ctrl+C, SIGTERM or SIGHUP.</summary>
    public const int Interrupted = 130;
}
