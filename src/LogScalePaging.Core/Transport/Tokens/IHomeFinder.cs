namespace LogScalePaging.Transport.Tokens;

/// <summary>A token source that learns from the server where the account lives.</summary>
public interface IHomeFinder
{
    /// <summary>
    /// Scheme and host that stand in for those of the base URL, whose path is kept; null as long as the base URL is right.
    /// Only an address that may have the token: the transport goes there without asking again.
    /// </summary>
    Uri? Home { get; }
}
