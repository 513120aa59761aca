using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Transport;

/// <summary>A server with the one transport that all runs against it share: its tokens, its rate limit, its retries.</summary>
/// <param name="transport">The transport; disposed with the connection.</param>
public abstract class ServiceConnection(ApiTransport transport) : IDisposable, IAsyncDisposable
{
    /// <summary>The transport of all runs.</summary>
    public ApiTransport Transport { get; } = transport;

    /// <summary>What answers, for a person: <c>LogScale</c>, <c>NG-SIEM</c>.</summary>
    public abstract string System { get; }

    /// <summary>The tenant whose data are read: a member CID of Falcon, an organisation. Null for the account's own.</summary>
    public virtual string? Tenant => null;

    /// <summary>Learns where the account lives, so that the transport's host names it. Sends nothing where that is known.</summary>
    /// <exception cref="ApiException">The sign-in failed.</exception>
    public virtual Task FindHomeAsync(SignalLog signals, CancellationToken cancellationToken) => Transport.FindHomeAsync(signals, cancellationToken);

    /// <summary>Revokes the token where the server can do that, and closes the connection. Never fails, and takes 3 s at most.</summary>
    /// <returns>True when a token was revoked; false when there was none, or when it expires later.</returns>
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
