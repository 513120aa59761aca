namespace LogScalePaging.TestServers;

/// <summary>Settings of a simulated proxy. They can be changed while it runs.</summary>
public sealed class ProxyOptions
{
    /// <summary>User that must sign in with Basic; null for no sign-in.</summary>
    public string? User { get; set; }

    public string Password { get; set; } = "";

    /// <summary>The offered schemes, in this order. Only Basic is accepted.</summary>
    public IReadOnlyList<string> Schemes { get; set; } = ["Basic"];

    public ProxyMode Mode { get; set; }
}
