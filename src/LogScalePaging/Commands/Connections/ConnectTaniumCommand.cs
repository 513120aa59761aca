using System.Management.Automation;
using System.Security;
using LogScalePaging.Tanium;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-Tanium</c>: sets the address and the token of Tanium's API Gateway for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "Tanium", DefaultParameterSetName = TokenSet, HelpUri = HelpPages.Folder + "Connect-Tanium.md")]
[OutputType(typeof(TaniumConnection))]
public sealed class ConnectTaniumCommand : ConnectCommandBase
{
    private const string TokenSet = "Token";
    private const string SecretSet = "Secret";

    /// <summary>Base URL of the server.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    /// <summary>API token, or a credential with the token as password.</summary>
    [Parameter(ParameterSetName = TokenSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation(Variable = TaniumSettings.TokenVariable, TakesCredential = true)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Name of a secret of SecretManagement: the token, or a credential whose password it is.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Vault that holds it. Without it, the default vault is used.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    private protected override object? Target => BaseUrl;

    private protected override void OnProcess()
    {
        EnsureSimulated<TaniumSimulatorInstance>(BaseUrl, "Start-LogScaleSimulator -System Tanium");
        var settings = new TaniumSettings
        {
            BaseUrl = BaseUrl,
            Token = StoredSecret.Read(this, SecretName, Vault, "-Token")?.Secret ?? Token,
            CaBundle = CaBundlePath,
        };
        Emit(new TaniumConnection(settings.Connect(Environment.GetEnvironmentVariable, Complete)));
    }
}
