using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Falcon;

/// <summary>
/// A Falcon cloud with the API client that signs in there, and the tenant that it acts for. Everything that one tenant offers is reached
/// over its transport, and all tenants of one API client share the rate limit.
/// </summary>
public sealed class FalconConnection : ServiceConnection
{
    private readonly FalconTokenSource _tokens;

    /// <summary>Makes a connection. Nothing is sent yet. It owns the credential from here on.</summary>
    /// <param name="options">How the cloud is reached; its tokens do not matter.</param>
    /// <param name="credential">Who signs in.</param>
    /// <param name="clouds">The clouds that the secret may be sent to and the account may live in; the known ones when null.</param>
    /// <exception cref="ArgumentException">An option cannot be used; the message says which.</exception>
    public FalconConnection(ApiTransportOptions options, FalconCredential credential, IReadOnlyList<FalconCloud>? clouds = null)
        : this(new ApiTransport(FalconTokenSource.Use(options, credential, clouds)))
    {
    }

    private FalconConnection(ApiTransport transport) : base(transport) => _tokens = (FalconTokenSource)transport.Options.Tokens;

    /// <inheritdoc/>
    public override string System => "Falcon";

    /// <summary>CID of the child tenant that the API client acts for; null for its own.</summary>
    public override string? Tenant => _tokens.MemberCid;

    /// <summary>Id of the API client.</summary>
    public string ClientId => _tokens.ClientId;

    /// <summary>Name of the cloud, the account's own once a token was issued; null for an address that is not a known cloud.</summary>
    public string? Cloud => _tokens.Cloud;

    /// <summary>
    /// The same API client for another tenant. Each tenant has its own token, and all share one rate limit. Closing it revokes only its
    /// token; closing this connection closes all.
    /// </summary>
    /// <param name="memberCid">CID of the child tenant, with or without its checksum; null for the client's own.</param>
    /// <exception cref="ArgumentException">It is not a CID.</exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public FalconConnection For(string? memberCid)
    {
        var tokens = _tokens.For(memberCid);
        try
        {
            return new FalconConnection(Transport.WithTokens(tokens));
        }
        catch
        {
            tokens.Dispose();
            throw;
        }
    }
}
