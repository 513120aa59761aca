namespace LogScalePaging.Cli;

/// <summary>What the process says to the script that called it. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>All is here; or no proof could be had, and a line says so.</summary>
    public const int Complete = 0;

    /// <summary>It failed; a line says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or the settings, cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>Less came than should, or a file is not what its manifest says.</summary>
    public const int Incomplete = 3;

    /// <summary>No proof could be had, and <c>--require-complete</c> was given.</summary>
    public const int Unverified = 4;

    /// <summary>Stopped by Ctrl+C, SIGTERM or SIGHUP.</summary>
    public const int Interrupted = 130;
}
