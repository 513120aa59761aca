using System.CommandLine;
using LogScalePaging.Falcon;

namespace LogScalePaging.Cli.Options;

/// <summary>
/// The API client of Falcon, for NG-SIEM. Letters and names are those of the published script. The secret is never an argument.
/// </summary>
internal sealed class FalconOptions
{
    /// <summary>Name of the option for the client id.</summary>
    public const string ClientIdName = "--client-id";

    private readonly Option<bool> _ngsiem = new("--ngsiem")
    {
        Description = $"Search NG-SIEM through the Falcon gateway, with {FalconConnectionSettings.ClientIdVariable} and "
            + $"{FalconConnectionSettings.ClientSecretVariable}. Needed only if LOGSCALE_* is set too.",
    };
    private readonly Option<string?> _cloud = new("--cloud")
    {
        HelpName = "NAME",
        Description = $"Falcon cloud: autodiscover, us-1, us-2, eu-1, ... Default: {FalconConnectionSettings.BaseUrlVariable} or "
            + $"{FalconConnectionSettings.CloudVariable}.",
    };
    private readonly Option<string?> _clientId = new(ClientIdName, "-k")
    {
        HelpName = "ID",
        Description = $"Id of the API client. Default: {FalconConnectionSettings.ClientIdVariable}.",
    };
    private readonly Option<string?> _memberCid = new("--member-cid", "-m")
    {
        HelpName = "CID",
        Description = $"Child tenant to search. Default: {FalconConnectionSettings.MemberCidVariable}.",
    };
    private readonly Option<string?> _clientSecret = new("--client-secret") { Hidden = true };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_ngsiem, _cloud, _clientId, _memberCid, _clientSecret];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>Whether an option requests NG-SIEM.</summary>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(_ngsiem) || parsed.GetValue(_cloud) is not null || parsed.GetValue(_clientId) is not null || parsed.GetValue(_memberCid) is not null || parsed.GetValue(_clientSecret) is not null;

    /// <summary>Whether any option other than the switch itself is given.</summary>
    public bool NamesAnother(ParseResult parsed) => parsed.GetValue(_cloud) is not null || parsed.GetValue(_clientId) is not null || parsed.GetValue(_memberCid) is not null;

    /// <exception cref="UsageException">The secret is on the command line.</exception>
    public FalconConnectionSettings Read(ParseResult parsed) => parsed.GetValue(_clientSecret) is null
        ? new() { ClientId = parsed.GetValue(_clientId), Cloud = parsed.GetValue(_cloud), MemberCid = parsed.GetValue(_memberCid) }
        : throw new UsageException("The client secret must not be on the command line, where every user of this machine can read it. "
            + $"Use {FalconConnectionSettings.ClientSecretVariable}, --token-file or --token-stdin. Change the secret now.");
}
