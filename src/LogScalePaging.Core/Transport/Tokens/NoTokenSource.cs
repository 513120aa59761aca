namespace LogScalePaging.Transport.Tokens;

/// <summary>Sends no token, for requests before the sign-in.</summary>
internal sealed class NoTokenSource : IAccessTokenSource
{
    private NoTokenSource() { }

    /// <summary>The only instance.</summary>
    public static NoTokenSource Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new("");

    /// <inheritdoc/>
    public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken) => new(false);
}
