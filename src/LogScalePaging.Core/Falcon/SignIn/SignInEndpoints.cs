using System.Text;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Falcon.SignIn;

/// <summary>
/// The token endpoints of the clouds, one transport for each. All tenants of one API client share them, because a token endpoint has its
/// own small rate limit.
/// </summary>
internal sealed class SignInEndpoints(ApiTransportOptions options)
{
    private readonly Dictionary<string, ApiTransport> _transports = new(StringComparer.OrdinalIgnoreCase);
    private int _users = 1;

    /// <summary>Adds a user of the same endpoints, which must call <see cref="Release"/> later.</summary>
    /// <exception cref="ObjectDisposedException">The last user has released them.</exception>
    public SignInEndpoints Share()
    {
        lock (_transports)
        {
            if (_users == 0)
                throw new ObjectDisposedException(nameof(FalconTokenSource), "The connection was closed.");
            _users++;
            return this;
        }
    }

    /// <summary>The transport to the token endpoint of a cloud. Only scheme and host of the address are used.</summary>
    public ApiTransport At(Uri url)
    {
        var authority = url.GetLeftPart(UriPartial.Authority);
        lock (_transports)
        {
            if (_transports.TryGetValue(authority, out var known))
                return known;
            var transport = _transports[authority] = new ApiTransport(options with
            {
                BaseUrl = new Uri(authority),
                Tokens = NoTokenSource.Instance,
                ThrottleLimit = 1,
                // The connection itself warns if certificates are not checked. One warning is enough.
                Signals = new SignalLog(options.Time),
            });
            if (_users == 0)
                transport.Dispose();
            return transport;
        }
    }

    /// <summary>Removes a user. The last one closes the transports.</summary>
    public void Release()
    {
        lock (_transports)
        {
            if (--_users > 0)
                return;
            foreach (var transport in _transports.Values)
                transport.Dispose();
        }
    }

    /// <summary>A request with a form, as the token endpoints require it.</summary>
    /// <param name="path">Path of the endpoint.</param>
    /// <param name="fields">The fields of the form.</param>
    /// <param name="secrets">Secrets that must not be shown.</param>
    public static ApiRequest Form(string path, (string Name, string Value)[] fields, params string[] secrets) => new(HttpMethod.Post, path)
    {
        Body = Encoding.ASCII.GetBytes(string.Join("&", fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"))),
        ContentType = "application/x-www-form-urlencoded",
        Secrets = secrets,
    };
}
