using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Transport;

/// <summary>A server with one transport for all runs: they share its tokens, its rate limit and its retries.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
public abstract class ServiceConnection(ApiTransport transport) : IDisposable, IAsyncDisposable
{
    /// <summary>The transport of all runs.</summary>
    public ApiTransport Transport { get; } = transport;

    /// <summary>Name of the kind of server: <c>LogScale</c>, <c>NG-SIEM</c>.</summary>
    public abstract string System { get; }

    /// <summary>The tenant whose data are read: a member CID of Falcon, an organisation. Null for the account's own data.</summary>
    public virtual string? Tenant => null;

    /// <summary>Finds the host of the account's cloud and uses it for the transport. Sends nothing if the host is known.</summary>
    /// <exception cref="ApiException">The sign-in failed.</exception>
    public virtual Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken) =>
        Transport.FindHomeAsync(signals, cancellationToken);

    /// <summary>
    /// Revokes the token if the server supports this, and closes the connection. It never fails, and takes at most 3 s.
    /// </summary>
    /// <returns>True if a token was revoked; false if there was none, or if it expires later.</returns>
    public virtual Task<bool> DisconnectAsync() => Transport.CloseAsync();

    /// <inheritdoc cref="DisconnectAsync"/>
    public void Dispose()
    {
        Transport.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="DisconnectAsync"/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
