using System.Security;
using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Transport.Tokens;

/// <summary>A token from the user. It cannot be renewed.</summary>
internal sealed class StaticTokenSource : IAccessTokenSource, IDisposable
{
    private readonly SecureString _token;

    /// <summary>Keeps a copy of the token. White space around it, for example from pasting, is removed.</summary>
    /// <exception cref="ArgumentException">The token is empty or has characters that are not allowed in a token.</exception>
    public StaticTokenSource(SecureString token)
    {
        if (token is null)
            throw new ArgumentNullException(nameof(token));
        if (!SecretText.IsHeaderSafe(SecretText.Reveal(token).Trim()))
            throw new ArgumentException("The token is empty, or contains a space, a line break or a character outside "
                + "ASCII.", nameof(token));
        _token = token.Copy();
        _token.MakeReadOnly();
    }

    /// <inheritdoc/>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(SecretText.Reveal(_token).Trim());

    /// <inheritdoc/>
    public ValueTask<bool> RefusedAsync(string token, CancellationToken cancellationToken) => new(false);

    /// <summary>Wipes the token.</summary>
    public void Dispose() => _token.Dispose();
}
