namespace LogScalePaging.Simulator;

/// <summary>Settings of a simulated proxy; they may be changed while it runs.</summary>
public sealed class ProxyOptions
{
    /// <summary>User that has to sign in by Basic; null for no sign-in.</summary>
    public string? User { get; set; }

    public string Password { get; set; } = "";

    /// <summary>The schemes that are offered for signing in, in this order. Only Basic is ever taken.</summary>
    public IReadOnlyList<string> Schemes { get; set; } = ["Basic"];

    public ProxyMode Mode { get; set; }
}
