namespace LogScalePaging.Transport.Http;

/// <summary>
/// The base URL would send the token without encryption to another machine. Each face adds the name of its option that allows this.
/// </summary>
/// <param name="host">The host of the base URL.</param>
public sealed class UnencryptedAuthenticationException(string host)
    : ArgumentException($"The base URL begins with http://. The token would be sent unencrypted to {host}. Use https://.")
{
}
