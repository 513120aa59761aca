using System.ComponentModel;
using LogScalePaging.Search;
using LogScalePaging.Transport;

namespace LogScalePaging;

/// <summary>
/// A connection to a server: the output of the Connect cmdlets, and the value of <c>-Connection</c>. It has the token or the secret of an
/// API client, and never shows it. Disposing it revokes the token if the server supports this.
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

    /// <summary>False after it was disconnected.</summary>
    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>True if cmdlets of this session use it when none is named.</summary>
    public bool IsDefault => Session.Current.IsDefault(this);

    /// <summary>How long an answer may take, in seconds.</summary>
    public double TimeoutSec => _service.Transport.Options.Timeout.TotalSeconds;

    /// <summary>Maximum number of retries of a failed request.</summary>
    public int MaxRetryCount => _service.Transport.Options.MaxRetryCount;

    /// <summary>Maximum number of parallel requests.</summary>
    public int ThrottleLimit => _service.Transport.Options.ThrottleLimit;

    /// <summary>Proxy; null for the system's.</summary>
    public Uri? Proxy => _service.Transport.Options.Proxy;

    /// <summary>PEM file of certificates that are trusted in addition to the system's.</summary>
    public string? CaBundle => _service.Transport.Options.CaBundle;

    /// <summary>True if any certificate is accepted.</summary>
    public bool SkipCertificateCheck => _service.Transport.Options.SkipCertificateCheck;

    /// <summary>Subject of the client certificate; null for none.</summary>
    public string? Certificate => _service.Transport.Options.ClientCertificate?.Subject;

    /// <summary>True if closing the connection revokes a token on the server.</summary>
    internal bool CanRevoke => _service.Transport.CanRevoke;

    /// <summary>
    /// The connection of the engine for searches of a system, by its name in checkpoints; null if this server does not have the system.
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
