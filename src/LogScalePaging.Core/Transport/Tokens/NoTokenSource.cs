namespace LogScalePaging.Transport.Tokens;

/// <summary>Sends no token: for what is asked before there is one.</summary>
public sealed class NoTokenSource : IAccessTokenSource
{
    private NoTokenSource() { }

    /// <summary>The one there is.</summary>
    public static NoTokenSource Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new("");

    /// <inheritdoc/>
    public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken) => new(false);
}
