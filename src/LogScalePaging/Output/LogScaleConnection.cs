using Engine = LogScalePaging.LogScale.LogScaleConnection;

namespace LogScalePaging;

/// <summary>A server and a repository on it. What <c>Connect-LogScale</c> emits; holds the token, and never shows it.</summary>
public sealed class LogScaleConnection
{
    internal LogScaleConnection(Engine engine) => Engine = engine;

    /// <summary>Base URL of the server.</summary>
    public string BaseUrl => Engine.Transport.BaseUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Repository or view that cmdlets use when none is named.</summary>
    public string Repository => Engine.Repository;

    /// <summary>How long an answer may take, in seconds.</summary>
    public double TimeoutSec => Engine.Transport.Options.Timeout.TotalSeconds;

    /// <summary>How often a failed request is repeated.</summary>
    public int MaxRetryCount => Engine.Transport.Options.MaxRetryCount;

    /// <summary>How many requests may be under way at once.</summary>
    public int ThrottleLimit => Engine.Transport.Options.ThrottleLimit;

    /// <summary>Proxy; null for the system's.</summary>
    public Uri? Proxy => Engine.Transport.Options.Proxy;

    /// <summary>PEM file of certificates that are trusted beside the system's.</summary>
    public string? CaBundle => Engine.Transport.Options.CaBundle;

    /// <summary>True when any certificate is taken.</summary>
    public bool SkipCertificateCheck => Engine.Transport.Options.SkipCertificateCheck;

    internal Engine Engine { get; }

    /// <summary>Server and repository.</summary>
    public override string ToString() => $"{BaseUrl} ({Repository})";
}
