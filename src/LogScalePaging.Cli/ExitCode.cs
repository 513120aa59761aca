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

    /// <summary>The result is Incomplete, a schedule is behind, or a file does not match its manifest.</summary>
    public const int Incomplete = 3;

    /// <summary>The result is Unverified, or events arrived too late for a schedule, and <c>--require-complete</c> was given.</summary>
    public const int Unverified = 4;

    /// <summary>
    /// <c>slice</c>, <c>merge</c>: the plan or a slice does not fit, and another try cannot help. EX_DATAERR of sysexits.h.
    /// </summary>
    public const int PlanDoesNotFit = 65;

    /// <summary><c>slice</c>: another try may succeed. EX_TEMPFAIL of sysexits.h.</summary>
    public const int TryAgain = 75;

    /// <summary>Stopped by Ctrl+C, SIGTERM or SIGHUP.</summary>
    public const int Interrupted = 130;
}
