using System.Management.Automation;
using System.Security;
using LogScalePaging.LogScale;

namespace LogScalePaging.Commands;

/// <summary><c>Connect-LogScale</c>: names the server, repository and token, or the API client of NG-SIEM, for the cmdlets that follow.</summary>
[Cmdlet(VerbsCommunications.Connect, "LogScale", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(LogScaleConnection))]
public sealed class ConnectLogScaleCommand : ConnectCommandBase
{
    private const string TokenSet = "Token";

    /// <summary>Base URL.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Url", "Uri")]
    [ValidateNotNullOrEmpty]
    public string? BaseUrl { get; set; }

    /// <summary>Token, or a credential whose password it is.</summary>
    [Parameter(ParameterSetName = TokenSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation(Variable = ConnectionSettings.TokenVariable, TakesCredential = true)]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    private protected override object? Target => BaseUrl;

    private protected override void OnProcess()
    {
        var stored = ReadSecret();
        if (IsFalcon(stored))
        {
            Emit(FalconSettings(BaseUrl, stored).Connect(Environment.GetEnvironmentVariable, Complete));
            return;
        }
        var settings = new ConnectionSettings { BaseUrl = BaseUrl, Repository = Repository, Token = stored?.Secret ?? Token, CaBundle = CaBundlePath };
        Emit(settings.Connect(Environment.GetEnvironmentVariable, Complete));
    }

    private bool IsFalcon(StoredSecret? stored)
    {
        if (ParameterSetName == TokenSet)
            return BaseUrl is null && Token is null && FalconConnectionSettings.IsMeant(Environment.GetEnvironmentVariable);
        // What a stored secret is for is told by what it is: a secret alone is a token unless an API client is named with it.
        return stored is null || stored.UserName is not null || ClientId is not null || Cloud is not null || MemberCid is not null;
    }
}
