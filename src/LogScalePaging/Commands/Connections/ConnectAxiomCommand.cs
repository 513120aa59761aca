using System.Management.Automation;
using System.Security;
using LogScalePaging.Axiom;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-Axiom</c>: sets the token of Axiom for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "Axiom", DefaultParameterSetName = TokenSet, HelpUri = HelpPages.Folder + "Connect-Axiom.md")]
[OutputType(typeof(AxiomConnection))]
public sealed class ConnectAxiomCommand : ConnectCommandBase
{
    private const string TokenSet = "Token";
    private const string SecretSet = "Secret";

    /// <summary>Base URL instead of the one of the service.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    /// <summary>Token, or a credential with the token as password.</summary>
    [Parameter(ParameterSetName = TokenSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation(Variable = AxiomSettings.TokenVariable, TakesCredential = true)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Name of a secret of SecretManagement: the token, or a credential whose password it is.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Vault that holds it; the default one when left out.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Id of the organisation, which a personal token needs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OrgId")]
    [ValidateNotNullOrEmpty]
    public string? OrganizationId { get; set; }

    private protected override object? Target => BaseUrl;

    private protected override void OnProcess()
    {
        EnsureSimulated<AxiomSimulatorInstance>(BaseUrl, "Start-LogScaleSimulator -System Axiom");
        var settings = new AxiomSettings
        {
            BaseUrl = BaseUrl,
            OrganisationId = OrganizationId,
            Token = StoredSecret.Read(this, SecretName, Vault, "-Token")?.Secret ?? Token,
            CaBundle = CaBundlePath,
        };
        Emit(new AxiomConnection(settings.Connect(Environment.GetEnvironmentVariable, Complete)));
    }
}
