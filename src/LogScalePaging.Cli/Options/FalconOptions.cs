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

    /// <summary>Name of the option for child tenants.</summary>
    public const string MemberCidName = "--member-cid";

    /// <summary>Name of the switch for NG-SIEM.</summary>
    public const string NgSiemName = "--ngsiem";

    private readonly Option<bool> _ngsiem = new(NgSiemName)
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
    private readonly Option<string[]?> _memberCids = new(MemberCidName, "-m")
    {
        HelpName = "CID",
        Description =
            "Child tenant to search. For several tenants (a,b,c, or the option again), --output needs {cid}, and each tenant gets a "
            + $"separate file. Default: {FalconConnectionSettings.MemberCidVariable}.",
        CustomParser = ArgumentValues.Cids,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> _clientSecret = new("--client-secret") { Hidden = true };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_ngsiem, _cloud, _clientId, _memberCids, _clientSecret];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>Whether an option requests NG-SIEM.</summary>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(_ngsiem) || parsed.GetValue(_cloud) is not null || parsed.GetValue(_clientId) is not null || Cids(parsed).Count > 0
            || parsed.GetValue(_clientSecret) is not null;

    /// <summary>Whether any option other than the switch itself is given.</summary>
    public bool NamesAnother(ParseResult parsed) =>
        parsed.GetValue(_cloud) is not null || parsed.GetValue(_clientId) is not null || Cids(parsed).Count > 0;

    /// <summary>The child tenants that are named, each once.</summary>
    public IReadOnlyList<string> Cids(ParseResult parsed) => parsed.GetValue(_memberCids) ?? [];

    /// <summary>The settings of the API client and of the child tenant, if one is named.</summary>
    /// <exception cref="UsageException">The secret is on the command line, or several tenants are named.</exception>
    public FalconConnectionSettings Read(ParseResult parsed) => Cids(parsed).Count > 1
        ? throw new UsageException($"{MemberCidName}: several tenants are possible only for an export to files.")
        : ReadClient(parsed) with { MemberCid = Cids(parsed) is [var only] ? only : null };

    /// <summary>The settings of the API client without a tenant.</summary>
    /// <exception cref="UsageException">The secret is on the command line.</exception>
    public FalconConnectionSettings ReadClient(ParseResult parsed) => parsed.GetValue(_clientSecret) is null
        ? new() { ClientId = parsed.GetValue(_clientId), Cloud = parsed.GetValue(_cloud) }
        : throw new UsageException("The client secret must not be on the command line, where every user of this machine can read it. "
            + $"Use {FalconConnectionSettings.ClientSecretVariable}, --token-file or --token-stdin. Change the secret now.");
}
