namespace LogScalePaging.Transport.Tokens;

/// <summary>A token source whose token the server can revoke.</summary>
internal interface IRevocableTokenSource : IAccessTokenSource
{
    /// <summary>Revokes the token and wipes the secret. Never fails, and takes 3 s at most. A second call does nothing.</summary>
    /// <returns>True when a token was revoked; false when there was none, or when it expires later.</returns>
    Task<bool> EndAsync();
}
