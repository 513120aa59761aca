using System.Management.Automation;
using System.Security;
using LogScalePaging.LogScale;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-LogScale</c>: names the server, repository and token for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "LogScale")]
[OutputType(typeof(LogScaleConnection))]
public sealed class ConnectLogScaleCommand : LogScaleCommandBase
{
    /// <summary>Base URL.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    /// <summary>Repository or view.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    /// <summary>Token, or a credential whose password it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TokenTransformation]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

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

    /// <summary>Take any certificate.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

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

    private protected override object? Target => BaseUrl;

    private protected override void OnProcess()
    {
        var settings = new ConnectionSettings
        {
            BaseUrl = BaseUrl,
            Repository = Repository,
            Token = Token,
            CaBundle = CaBundle is null ? null : FilePath.Resolve(this, CaBundle),
        };
        var connection = new LogScaleConnection(settings.Connect(Environment.GetEnvironmentVariable, options => options with
        {
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            SkipCertificateCheck = SkipCertificateCheck,
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            MaxRetryCount = MaxRetryCount,
            ThrottleLimit = ThrottleLimit,
            Signals = Signals,
        }));
        Session.Use(connection);
        WriteObject(connection);
    }
}
