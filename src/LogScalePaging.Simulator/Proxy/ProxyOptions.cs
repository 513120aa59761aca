namespace LogScalePaging.Simulator;

/// <summary>Settings of a simulated proxy; they may be changed while it runs.</summary>
public sealed class ProxyOptions
{
    /// <summary>User that has to sign in by Basic; null for no sign-in.</summary>
    public string? User { get; set; }

    public string Password { get; set; } = "";

    public ProxyMode Mode { get; set; }
}
