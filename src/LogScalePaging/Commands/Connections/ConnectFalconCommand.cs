using System.Management.Automation;
using System.Security;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Transport.Errors;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-Falcon</c>: sets the API client of a Falcon tenant for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "Falcon", DefaultParameterSetName = ClientSet, HelpUri = HelpPages.Folder + "Connect-Falcon.md")]
[OutputType(typeof(FalconConnection))]
public sealed class ConnectFalconCommand : ConnectCommandBase
{
    private const string ClientSet = "Client";
    private const string CredentialSet = "Credential";

    /// <summary>Address of the gateway instead of a cloud's name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

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

    /// <summary>The vault of the secret. The default is the default vault.</summary>
    [Parameter(ParameterSetName = ClientSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Name of the Falcon cloud.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CloudCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cloud { get; set; }

    /// <summary>CID of the child tenant to act for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MemberCid { get; set; }

    /// <summary>Repository or view of NG-SIEM.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    private protected override object? Target => BaseUrl ?? Cloud;

    private protected override void OnProcess()
    {
        EnsureGateway();
        if (SecretName is not null && ClientSecret is not null)
            throw new ArgumentException("Use -ClientSecret or -SecretName, not both.");
        var stored = StoredSecret.Read(this, SecretName, Vault, "-ClientSecret");
        var settings = new FalconConnectionSettings
        {
            ClientId = stored?.UserName ?? Credential?.UserName ?? ClientId,
            ClientSecret = stored?.Secret ?? Credential?.Password ?? ClientSecret,
            BaseUrl = BaseUrl,
            Cloud = Cloud,
            MemberCid = MemberCid,
            CaBundle = CaBundlePath,
        };
        var connection = new FalconConnection(settings.Connect(Environment.GetEnvironmentVariable, Complete), Repository);
        Session.Name(connection.Repository);
        Emit(connection);
    }

    // A LogScale simulator can be piped in like a gateway. Without this check, its missing values would be reported one by one.
    private void EnsureGateway()
    {
        if (BaseUrl is not null && Session.Simulators.OfType<LogScaleSimulatorInstance>().Any(s => s.BaseUrl == BaseUrl.TrimEnd('/')))
        {
            throw new FalconSignInException(FalconSignInProblem.NotFalcon, ApiErrorKind.NotFound,
                $"The simulator at {BaseUrl} was started without -Gateway, so it is a LogScale server without a Falcon gateway. Use "
                    + "Start-LogScaleSimulator -Gateway, or connect to this one with Connect-LogScale.");
        }
        EnsureSimulated<FalconSimulatorInstance>(BaseUrl, "Start-LogScaleSimulator -System Falcon");
    }
}
