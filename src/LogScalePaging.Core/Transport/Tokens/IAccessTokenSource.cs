namespace LogScalePaging.Transport.Tokens;

/// <summary>Where a connection's bearer token comes from. One is shared by all workers of a connection.</summary>
public interface IAccessTokenSource
{
    /// <summary>A token to send now; renews it first when it is about to end.</summary>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Called after a 401 with the token that was refused.
    /// </summary>
    /// <returns>True when another token is to be had and the request is worth one more try.</returns>
    ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken);
}
