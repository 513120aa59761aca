namespace LogScalePaging.TestServers;

/// <summary>What a proxy does with a request that is allowed.</summary>
public enum ProxyMode
{
    /// <summary>Forwards it.</summary>
    Pass,

    /// <summary>
    /// Answers with 200 and the HTML of a sign-in page instead of the server. Tunnels are forwarded, because nothing can be put into
    /// them.
    /// </summary>
    SignInPage,

    /// <summary>Answers 403.</summary>
    Refuse,
}
