using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Falcon;

/// <summary>
/// A Falcon cloud, the API client that signs in there, and the tenant that it acts for. All APIs of a tenant use its transport. All tenants
/// of one API client share the rate limit.
/// </summary>
public sealed class FalconApiClient : ServiceConnection
{
    private readonly FalconTokenSource _tokens;

    /// <summary>Creates a connection. It sends nothing yet. It owns the credential from now on.</summary>
    /// <param name="options">The options of the connection. Its tokens are not used.</param>
    /// <param name="credential">The API client.</param>
    /// <param name="clouds">The clouds that may receive the secret and have the account; null for the known ones.</param>
    /// <exception cref="ArgumentException">An option is not valid. The message says which one.</exception>
    public FalconApiClient(ApiTransportOptions options, FalconCredential credential, IReadOnlyList<FalconCloud>? clouds = null)
        : this(new ApiTransport(FalconTokenSource.Use(options, credential, clouds)))
    {
    }

    private FalconApiClient(ApiTransport transport) : base(transport) => _tokens = (FalconTokenSource)transport.Options.Tokens;

    /// <inheritdoc/>
    public override string System => "Falcon";

    /// <summary>CID of the child tenant that the API client acts for; null for its own tenant.</summary>
    public override string? Tenant => _tokens.MemberCid;

    /// <summary>Id of the API client.</summary>
    public string ClientId => _tokens.ClientId;

    /// <summary>
    /// Name of the cloud. After the first token, it is the account's cloud. Null for an address that is not a known cloud.
    /// </summary>
    public string? Cloud => _tokens.Cloud;

    /// <summary>
    /// The same API client for another tenant. Each tenant has its own token, and all share one rate limit. Closing the new connection
    /// revokes only its token. Closing this connection closes all.
    /// </summary>
    /// <param name="memberCid">CID of the child tenant, with or without its checksum; null for the client's own tenant.</param>
    /// <exception cref="ArgumentException">The CID is not valid.</exception>
    /// <exception cref="ObjectDisposedException">The connection is closed.</exception>
    public FalconApiClient For(string? memberCid)
    {
        var tokens = _tokens.For(memberCid);
        try
        {
            return new FalconApiClient(Transport.WithTokens(tokens));
        }
        catch
        {
            tokens.Dispose();
            throw;
        }
    }
}
