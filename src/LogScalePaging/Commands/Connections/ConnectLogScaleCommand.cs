using System.Management.Automation;
using System.Security;
using LogScalePaging.LogScale;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-LogScale</c>: sets the server, repository and token for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "LogScale", DefaultParameterSetName = TokenSet, HelpUri = HelpPages.Folder + "Connect-LogScale.md")]
[OutputType(typeof(LogScaleConnection))]
public sealed class ConnectLogScaleCommand : ConnectCommandBase
{
    private const string TokenSet = "Token";
    private const string SecretSet = "Secret";

    /// <summary>Base URL.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    /// <summary>Token, or a credential with the token as password.</summary>
    [Parameter(ParameterSetName = TokenSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation(Variable = ConnectionSettings.TokenVariable, TakesCredential = true)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Name of a secret of SecretManagement: the token, or a credential whose password it is.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault of the secret. The default is the default vault.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Repository or view.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Repository { get; set; }

    private protected override object? Target => BaseUrl;

    private protected override void OnProcess()
    {
        EnsureNotFalcon();
        var settings = new ConnectionSettings
        {
            BaseUrl = BaseUrl,
            Repository = Repository,
            Token = StoredSecret.Read(this, SecretName, Vault, "-Token")?.Secret ?? Token,
            CaBundle = CaBundlePath,
        };
        var connection = new LogScaleConnection(settings.Connect(Environment.GetEnvironmentVariable, Complete));
        Session.Name(connection.Repository);
        Emit(connection);
    }

    private void EnsureNotFalcon()
    {
        if (BaseUrl is null && Token is null && NgSiem.IsMeant(Environment.GetEnvironmentVariable))
        {
            throw new ArgumentException("The environment variable FALCON_CLIENT_ID is set, and LOGSCALE_BASE_URL and LOGSCALE_TOKEN "
                + "are not. Use Connect-Falcon for Falcon NG-SIEM. For LogScale, use -BaseUrl, -Repository and -Token.");
        }
        // The address of a simulated gateway can be piped in like that of a simulated LogScale.
        if (Session.Simulators.OfType<FalconSimulatorInstance>().Any(s => s.BaseUrl == BaseUrl?.TrimEnd('/')))
        {
            throw new ArgumentException($"The simulator at {BaseUrl} was started with -Gateway, so it is a Falcon gateway. Use "
                + "Connect-Falcon, or start one without -Gateway.");
        }
        EnsureSimulated<LogScaleSimulatorInstance>(BaseUrl, "Start-LogScaleSimulator");
    }
}
