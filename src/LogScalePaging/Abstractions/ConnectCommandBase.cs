using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tls;

namespace LogScalePaging.Commands;

/// <summary>The shared parameters of the Connect cmdlets: how to reach the server.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectCommandBase : LogScaleCommandBase
{
    /// <summary>Proxy to use instead of the system's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Credential for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>PEM file with certificates to trust in addition to the system's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CaBundle { get; set; }

    /// <summary>Client certificate with its private key.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>File with the client certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateFile { get; set; }

    /// <summary>Password of that file.</summary>
    [Parameter]
    [TokenTransformation(Variable = ClientCertificate.PasswordVariable)]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>Accept any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Send the token over http to another machine.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>How long to wait for an answer.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>Maximum number of retries of a failed request.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaxRetryCount { get; set; } = 6;

    /// <summary>Maximum number of parallel requests.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Path of the CA bundle as the engine needs it.</summary>
    private protected string? CaBundlePath => CaBundle is null ? null : FilePath.Resolve(this, CaBundle);

    /// <summary>Adds the options of the connection.</summary>
    private protected ApiTransportOptions Complete(ApiTransportOptions options) => options with
    {
        Proxy = OwnProxy(),
        ProxyCredential = ProxyCredential?.GetNetworkCredential(),
        ClientCertificate = OwnCertificate(),
        SkipCertificateCheck = SkipCertificateCheck,
        AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        MaxRetryCount = MaxRetryCount,
        ThrottleLimit = ThrottleLimit,
        Signals = Signals,
    };

    /// <summary>Makes it the default of this session and emits it.</summary>
    private protected void Emit(ServerConnection connection)
    {
        Session.Use(connection);
        WriteObject(connection);
    }

    // A simulator pipes its address in, whatever it simulates. Without this check, only the first request would fail, with an answer that
    // explains nothing.
    private protected void EnsureSimulated<T>(string? baseUrl, string start) where T : SimulatorInstance
    {
        if (Session.Simulators.FirstOrDefault(s => s.BaseUrl == baseUrl?.TrimEnd('/')) is { } simulator and not T)
        {
            throw new ArgumentException($"The simulator at {baseUrl} simulates another system. Use {start}, or connect to this one with "
                + $"{simulator.ConnectCmdlet}.");
        }
    }

    private Uri? OwnProxy() => Proxy is { IsAbsoluteUri: true, UserInfo.Length: > 0 }
        ? throw new ArgumentException("-Proxy contains a user name or password, which would be shown with the connection. Use "
            + "-ProxyCredential, or set HTTPS_PROXY.")
        : Proxy;

    private X509Certificate2? OwnCertificate()
    {
        if (Certificate is not null && CertificateFile is not null)
            throw new ArgumentException("Use -Certificate or -CertificateFile, not both.");
        if (Certificate is { HasPrivateKey: false })
            throw new ArgumentException("The certificate has no private key. A client certificate requires its private key. Use one "
                + "from Cert:\\CurrentUser\\My, or use -CertificateFile.");
        return CertificateFile is null ? Certificate : ClientCertificate.Load(FilePath.Resolve(this, CertificateFile), CertificatePassword);
    }
}
