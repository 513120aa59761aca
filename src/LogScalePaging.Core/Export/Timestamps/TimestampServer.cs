namespace LogScalePaging.Export.Timestamps;

/// <summary>The authority that gives a manifest its timestamp, as RFC 3161 describes.</summary>
public static class TimestampServer
{
    internal const string Unsupported = "Timestamps need PowerShell 7 or the command line. Windows PowerShell cannot read them.";

    /// <summary>Checks that timestamps are possible here, and that the address is one of a server.</summary>
    /// <exception cref="ArgumentException">They are not, or it is not. The message says why.</exception>
    public static void EnsureUsable(Uri server)
    {
#if NETSTANDARD2_0
        throw new ArgumentException(Unsupported);
#else
        if (!server.IsAbsoluteUri || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps) || server.Host.Length == 0)
            throw new ArgumentException("The address of the timestamp server must begin with https:// or http://.");
        if (server.UserInfo.Length > 0)
            throw new ArgumentException("The address of the timestamp server must not contain a user name or password.");
#endif
    }
}
