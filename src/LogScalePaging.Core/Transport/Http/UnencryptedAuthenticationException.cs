namespace LogScalePaging.Transport.Http;

/// <summary>
/// The base URL would send the token without encryption to another machine. The cmdlets and the command line each add the name of their
/// option that allows this.
/// </summary>
/// <param name="host">The host of the base URL.</param>
public sealed class UnencryptedAuthenticationException(string host)
    : ArgumentException($"The base URL begins with http://. The token would be sent unencrypted to {host}. Use https://.")
{
}
