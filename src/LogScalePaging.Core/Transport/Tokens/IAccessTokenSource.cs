namespace LogScalePaging.Transport.Tokens;

/// <summary>Source of a connection's bearer token. All workers of a connection share it.</summary>
public interface IAccessTokenSource
{
    /// <summary>A token to send now. It is renewed first if it expires soon.</summary>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Called after a 401 with the token that was refused.
    /// </summary>
    /// <returns>True if there is another token, and the request should be tried once more.</returns>
    ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken);
}
