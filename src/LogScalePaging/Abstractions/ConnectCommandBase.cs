using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using LogScalePaging.LogScale;
using LogScalePaging.Transport.Http;
using LogScalePaging.Transport.Tls;
using Engine = LogScalePaging.LogScale.LogScaleConnection;

namespace LogScalePaging.Commands;

/// <summary>What the cmdlets that connect share: the API client of Falcon, where its secret comes from, and the way to the server.</summary>
public abstract class ConnectCommandBase : LogScaleCommandBase
{
    /// <summary>Parameter set with the parts of an API client, or the name under which a vault has them.</summary>
    private protected const string ClientSet = "Client";

    /// <summary>Parameter set with an API client as a credential.</summary>
    private protected const string CredentialSet = "Credential";

    /// <summary>Id of the API client.</summary>
    [Parameter(ParameterSetName = ClientSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Secret of the API client.</summary>
    [Parameter(ParameterSetName = ClientSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation(Variable = FalconConnectionSettings.ClientSecretVariable)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>Id and secret of the API client as user name and password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Name of a secret of SecretManagement: a credential with client id and secret, or the secret alone.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Vault that holds it; the default one when left out.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Name of the Falcon cloud.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [ArgumentCompleter(typeof(CloudCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cloud { get; set; }

    /// <summary>CID of the child tenant to act for.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? MemberCid { get; set; }

    /// <summary>Repository or view.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    /// <summary>Proxy in place of the system's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Credential for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>PEM file with certificates to trust beside the system's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CaBundle { get; set; }

    /// <summary>Certificate with private key that shows who the client is.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The same from a file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateFile { get; set; }

    /// <summary>Password of that file.</summary>
    [Parameter]
    [TokenTransformation(Variable = ClientCertificate.PasswordVariable)]
    [ValidateNotNull]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>Take any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Send the token over http to another machine.</summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>How long an answer may take.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 100;

    /// <summary>How often a failed request is repeated.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaxRetryCount { get; set; } = 6;

    /// <summary>How many requests may be under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Path of the CA bundle as the engine needs it.</summary>
    private protected string? CaBundlePath => CaBundle is null ? null : FilePath.Resolve(this, CaBundle);

    /// <summary>Settings for NG-SIEM from the parameters. A secret that was read stands in for those that were typed.</summary>
    private protected FalconConnectionSettings FalconSettings(string? baseUrl, StoredSecret? stored) => new()
    {
        ClientId = stored?.UserName ?? Credential?.UserName ?? ClientId,
        ClientSecret = stored?.Secret ?? Credential?.Password ?? ClientSecret,
        BaseUrl = baseUrl,
        Cloud = Cloud,
        MemberCid = MemberCid,
        Repository = Repository,
        CaBundle = CaBundlePath,
    };

    /// <summary>The secret that is named; null when none is.</summary>
    private protected StoredSecret? ReadSecret()
    {
        if (SecretName is null && Vault is not null)
            throw new ArgumentException("-Vault requires -SecretName.");
        if (SecretName is not null && ClientSecret is not null)
            throw new ArgumentException("Use -ClientSecret or -SecretName, not both.");
        return SecretName is null ? null : StoredSecret.Read(this, SecretName, Vault);
    }

    /// <summary>Adds how the server is reached.</summary>
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
    private protected void Emit(Engine engine)
    {
        var connection = new LogScaleConnection(engine);
        Session.Use(connection);
        WriteObject(connection);
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
