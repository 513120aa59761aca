namespace LogScalePaging.Simulator;

/// <summary>What a proxy does with a request that it may let through.</summary>
public enum ProxyMode
{
    /// <summary>Lets it through.</summary>
    Pass,

    /// <summary>Answers in the server's place with 200 and the HTML of a sign-in page. Tunnels are let through: nothing can be put into them.</summary>
    SignInPage,

    /// <summary>Answers 403.</summary>
    Refuse,
}
