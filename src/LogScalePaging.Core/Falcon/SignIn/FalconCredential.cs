using System.Security;
using LogScalePaging.Transport.Secrets;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>An API client of Falcon: its id, its secret, and the tenant that it searches.</summary>
public sealed class FalconCredential : IDisposable
{
    private readonly SecureString _secret;

    /// <summary>Keeps a copy of the secret.</summary>
    /// <param name="clientId">Client id.</param>
    /// <param name="clientSecret">Client secret.</param>
    /// <param name="memberCid">CID of a child tenant, with or without its checksum; null for the client's own.</param>
    /// <exception cref="ArgumentException">A value is empty or not valid.</exception>
    public FalconCredential(string clientId, SecureString clientSecret, string? memberCid = null)
    {
        if (string.IsNullOrWhiteSpace(clientId))
            throw new ArgumentException("The client id is empty.", nameof(clientId));
        if (clientSecret is null || clientSecret.Length == 0)
            throw new ArgumentException("The client secret is empty.", nameof(clientSecret));
        ClientId = clientId.Trim();
        MemberCid = NormaliseCid(memberCid);
        _secret = clientSecret.Copy();
        _secret.MakeReadOnly();
    }

    /// <summary>Client id.</summary>
    public string ClientId { get; }

    /// <summary>CID of the child tenant in the form of the token endpoint; null for the client's own.</summary>
    public string? MemberCid { get; }

    /// <summary>A CID without its checksum (<c>-XX</c>), in lower case. The console shows it with checksum and in upper case.</summary>
    /// <exception cref="ArgumentException">It has characters that a CID cannot have.</exception>
    public static string? NormaliseCid(string? cid)
    {
        var text = cid?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(text))
            return null;
        if (text!.Length > 3 && text[text.Length - 3] == '-')
            text = text.Substring(0, text.Length - 3);
        return text.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'z')
            ? text
            : throw new ArgumentException("The member CID must consist of letters and digits, optionally followed by its checksum ('-' "
                + "and two characters).", nameof(cid));
    }

    /// <summary>The same API client for another tenant, with a copy of the secret.</summary>
    /// <exception cref="ArgumentException">The CID has characters that a CID cannot have.</exception>
    public FalconCredential For(string? memberCid) => new(ClientId, _secret, memberCid);

    /// <summary>Wipes the secret.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>The secret. Keep it for a short time only.</summary>
    internal string Reveal() => SecretText.Reveal(_secret).Trim();
}
