using System.Net;

namespace LogScalePaging.Transport.Http;

/// <summary>
/// The credentials for a proxy. The runtime asks for them once for each scheme that the proxy offers, strongest first. This is the only
/// place that shows the schemes that a proxy offers for a tunnel. If a scheme fails, the runtime does not try the next one: on Linux,
/// Negotiate and NTLM fail without Kerberos tickets and libraries, and Basic would never be tried.
/// </summary>
/// <param name="given">The credentials; null for none.</param>
internal sealed class ProxyCredentials(ICredentials? given) : ICredentials
{
    private static readonly string[] s_simple = ["Basic", "Digest"];

    private readonly object _gate = new();
    private readonly List<string> _offered = [];
    private volatile bool _isSimple;

    /// <summary>True if only schemes are answered that need just a password.</summary>
    public bool IsSimple => _isSimple;

    /// <summary>The schemes that the proxy offered, such as <c>Negotiate, NTLM and Basic</c>; null for none.</summary>
    public string? Offered
    {
        get
        {
            lock (_gate)
            {
                return _offered.Count < 2
                    ? _offered.FirstOrDefault()
                    : $"{string.Join(", ", _offered.Take(_offered.Count - 1))} and {_offered[_offered.Count - 1]}";
            }
        }
    }

    /// <inheritdoc/>
    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        lock (_gate)
        {
            if (!Contains(_offered, authType))
                _offered.Add(authType);
        }
        return _isSimple && !Contains(s_simple, authType) ? null : given?.GetCredential(uri, authType);
    }

    /// <summary>Reports that the proxy refused the credentials.</summary>
    /// <param name="wasSimple"><see cref="IsSimple"/> when the request began.</param>
    /// <returns>True if another try with a simpler scheme may help.</returns>
    public bool FallBack(bool wasSimple)
    {
        // Windows supports all schemes.
        if (wasSimple || given is null || Environment.OSVersion.Platform == PlatformID.Win32NT)
            return false;
        lock (_gate)
        {
            if (_offered.TrueForAll(scheme => Contains(s_simple, scheme)))
                return false;
        }
        _isSimple = true;
        return true;
    }

    private static bool Contains(IEnumerable<string> schemes, string scheme) => schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase);
}
