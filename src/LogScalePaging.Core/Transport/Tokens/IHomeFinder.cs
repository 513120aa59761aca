namespace LogScalePaging.Transport.Tokens;

/// <summary>A token source that learns the host of the account's cloud from the server.</summary>
internal interface IHomeFinder
{
    /// <summary>
    /// Scheme and host to use instead of those of the base URL, whose path is kept; null if the base URL is right. It must be an address
    /// that may receive the token, because the transport uses it without another check.
    /// </summary>
    Uri? Home { get; }
}
