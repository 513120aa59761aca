using System.Net;
using System.Security.Cryptography.X509Certificates;
using LogScalePaging.Diagnostics;
using LogScalePaging.Transport.Secrets;
using LogScalePaging.Transport.Tokens;

namespace LogScalePaging.Transport.Http;

/// <summary>How to reach a server.</summary>
public sealed record ApiTransportOptions
{
    /// <summary>Environment variable of a PEM file with certificates to trust, for every system.</summary>
    public const string CaBundleVariable = "CA_BUNDLE";

    /// <summary>Base URL; a path in it is kept before every request's path.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Source of the bearer token.</summary>
    public required IAccessTokenSource Tokens { get; init; }

    /// <summary>Header that carries the token.</summary>
    public string TokenHeader { get; init; } = "Authorization";

    /// <summary>Text before the token in its header.</summary>
    public string TokenPrefix { get; init; } = "Bearer ";

    /// <summary>More headers for every request. Do not put secrets here.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long to wait for the head of an answer, and for each following part of its body. 1 s to 1 h.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Time limit for what a cancelled or finished run still does on the server: the end of a request that creates something, and the
    /// deletion of query jobs. Jobs that are not deleted by then expire 90 s after their last poll.
    /// </summary>
    internal TimeSpan CleanUpTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a failed request is retried, 0 to 100.</summary>
    public int MaxRetryCount { get; init; } = 6;

    /// <summary>How long after its first failure a request is still retried. The last wait may end later.</summary>
    public TimeSpan RetryBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Maximum number of parallel requests, 1 to 1,000.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Proxy to use; null for the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Credentials for the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>PEM file of certificates to trust in addition to the system's.</summary>
    public string? CaBundle { get; init; }

    /// <summary>Send the token over http to a host that is not this machine.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>Accept any certificate. Every run gives a warning.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Client certificate with private key, if the server or a proxy asks for one.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The clock for waits and ages.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Removes the secrets of the connection from all texts. All transports with these options share it.</summary>
    internal SecretCleaner Secrets { get; init; } = new();

    /// <summary>The log that receives signals.</summary>
    public SignalLog Signals { get; init; } = new();
}
