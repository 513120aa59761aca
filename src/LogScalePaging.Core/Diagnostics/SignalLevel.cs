namespace LogScalePaging.Diagnostics;

/// <summary>Who needs to know of a signal.</summary>
public enum SignalLevel
{
    /// <summary>For the verbose stream.</summary>
    Verbose,
    /// <summary>Always for the user, because the result may be incomplete or unsafe.</summary>
    Warning,
}
