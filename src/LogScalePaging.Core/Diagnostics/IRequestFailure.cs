namespace LogScalePaging.Diagnostics;

/// <summary>
/// Marks an exception that a server or the network caused. Any other exception in a walk is a bug, and is reported as one.
/// </summary>
internal interface IRequestFailure
{
    /// <summary>True when every other request of the run would fail in the same way, so that trying them makes no sense.</summary>
    bool IsHopeless { get; }
}
