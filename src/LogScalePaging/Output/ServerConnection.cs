using System.ComponentModel;
using LogScalePaging.Search;
using LogScalePaging.Transport;

namespace LogScalePaging;

/// <summary>
/// A connection to a server: what the Connect cmdlets emit and <c>-Connection</c> takes. It holds the token or the secret of an API client,
/// and never shows it. Disposing it revokes the token where the server can do that.
/// </summary>
[TypeConverter(typeof(ConnectionConverter))]
public class ServerConnection : IDisposable
{
    private readonly ServiceConnection _service;
    private int _closed;

    internal ServerConnection(ServiceConnection service, string system)
    {
        (_service, System) = (service, system);
        OpenConnections.Add(this);
    }

    /// <summary>Kind of server, such as <c>LogScale</c>, or <c>NG-SIEM</c> behind the gateway of Falcon.</summary>
    public string System { get; }

    /// <summary>Base URL of the server.</summary>
    public string BaseUrl => _service.Transport.BaseUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>False once it was disconnected.</summary>
    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>How long an answer may take, in seconds.</summary>
    public double TimeoutSec => _service.Transport.Options.Timeout.TotalSeconds;

    /// <summary>How often a failed request is repeated.</summary>
    public int MaxRetryCount => _service.Transport.Options.MaxRetryCount;

    /// <summary>Maximum number of parallel requests.</summary>
    public int ThrottleLimit => _service.Transport.Options.ThrottleLimit;

    /// <summary>Proxy; null for the system's.</summary>
    public Uri? Proxy => _service.Transport.Options.Proxy;

    /// <summary>PEM file of certificates that are trusted beside the system's.</summary>
    public string? CaBundle => _service.Transport.Options.CaBundle;

    /// <summary>True when any certificate is taken.</summary>
    public bool SkipCertificateCheck => _service.Transport.Options.SkipCertificateCheck;

    /// <summary>Subject of the client certificate; null for none.</summary>
    public string? Certificate => _service.Transport.Options.ClientCertificate?.Subject;

    /// <summary>True when closing the connection revokes a token on the server.</summary>
    internal bool CanRevoke => _service.Transport.CanRevoke;

    /// <summary>
    /// The way to search a system over this connection, by the name that checkpoints state; null if it cannot be searched here.
    /// </summary>
    internal virtual SearchConnection? Search(string system) => null;

    /// <summary>Revokes the token, for at most 3 s, and closes the connection.</summary>
    /// <returns>True when a token was revoked.</returns>
    internal async Task<bool> CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return false;
        OpenConnections.Remove(this);
        return await _service.DisconnectAsync().ConfigureAwait(false);
    }

    /// <summary>Revokes the token, for at most 3 s, and closes the connection.</summary>
    public void Dispose()
    {
        Task.Run(CloseAsync).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>The server.</summary>
    public override string ToString() => BaseUrl;
}
