using System.CommandLine;
using LogScalePaging.Falcon;
using LogScalePaging.LogScale;
using LogScalePaging.Transport.Http;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for the server and the connection.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _baseUrl = new("--base-url", "-b")
    {
        HelpName = "URL",
        Description = "Base URL of the server, for example https://cloud.community.humio.com. Default: "
            + $"{ConnectionSettings.BaseUrlVariable}; for NG-SIEM {FalconConnectionSettings.BaseUrlVariable}.",
    };
    private readonly Option<string?> _repository = new("--repo", "-r")
    {
        HelpName = "NAME",
        Description = $"Repository or view. Default: {ConnectionSettings.RepositoryVariable}; for NG-SIEM "
            + $"{NgSiem.DefaultRepository}.",
    };
    private readonly Option<bool> _embedded = new("--embedded")
    {
        Description = "Search a server with generated data inside this process, to try things out.",
    };
    private readonly TokenOptions _token = new();
    private readonly FalconOptions _falcon = new();
    private readonly TransportOptions _transport = new();

    /// <param name="command">The command.</param>
    /// <param name="forSearch">
    /// False for a command about an existing export: its repository is known, and there is no embedded server.
    /// </param>
    public void AddTo(Command command, bool forSearch = true)
    {
        command.Add(_baseUrl);
        if (forSearch)
            command.Add(_repository);
        _token.AddTo(command);
        _falcon.AddTo(command);
        if (forSearch)
            command.Add(_embedded);
        _transport.AddTo(command);
    }

    /// <summary>The options that only LogScale and NG-SIEM have.</summary>
    public IReadOnlyList<Option> OnlyLogScale => [_repository, .. _falcon.All];

    /// <summary>The base URL that the user named; null for none.</summary>
    public string? BaseUrl(ParseResult parsed) => parsed.GetValue(_baseUrl);

    /// <summary>The token, from an option or an environment variable; null for none.</summary>
    /// <exception cref="UsageException">The source that is named has none.</exception>
    public string? Token(ParseResult parsed, CliHost host, string variable) => _token.Read(parsed, host, variable);

    /// <summary>The certificates that the user named; null for none.</summary>
    public string? CaBundle(ParseResult parsed) => _transport.CaBundle(parsed);

    /// <summary>The options of the transport.</summary>
    /// <exception cref="UsageException">The proxy is not valid.</exception>
    /// <exception cref="ArgumentException">The certificate cannot be used.</exception>
    public ApiTransportOptions Complete(ParseResult parsed, CliHost host, ApiTransportOptions options, int parallel = 1) =>
        _transport.Complete(parsed, host, options, parallel);

    /// <summary>Checks that no other server than the embedded one is named.</summary>
    /// <exception cref="UsageException">Another server is named.</exception>
    public void EnsureEmbedded(ParseResult parsed)
    {
        if (parsed.GetValue(_baseUrl) is not null || _token.IsGiven(parsed) || _falcon.NamesAnother(parsed))
            throw new UsageException("--embedded starts its own server. Remove --base-url, --token-file, --token-stdin, --cloud, "
                + "--client-id and --member-cid.");
    }

    /// <summary>Whether the embedded server was requested.</summary>
    public bool IsEmbedded(ParseResult parsed) => parsed.GetValue(_embedded);

    /// <summary>Whether to search NG-SIEM: by an option, or because only its variables are set.</summary>
    public bool IsNgSiem(ParseResult parsed, CliHost host) => _falcon.IsGiven(parsed)
        || (parsed.GetValue(_baseUrl) is null && !_token.IsGiven(parsed) && !IsEmbedded(parsed) && NgSiem.IsMeant(host.Environment));

    /// <summary>Connects to the named server. Nothing is sent yet.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">The environment.</param>
    /// <param name="parallel">Number of parallel requests.</param>
    /// <param name="known">The repository, if the user does not choose it.</param>
    /// <exception cref="UsageException">A setting is missing or malformed.</exception>
    public (LogScaleSearchConnection Connection, string Token) Connect(ParseResult parsed, CliHost host, int parallel, string? known = null)
    {
        if (IsNgSiem(parsed, host))
            return ConnectToFalcon(parsed, host, parallel, known);
        var baseUrl = parsed.GetValue(_baseUrl) ?? Read(host, ConnectionSettings.BaseUrlVariable);
        var repository = known ?? parsed.GetValue(_repository) ?? Read(host, ConnectionSettings.RepositoryVariable);
        var token = _token.Read(parsed, host);
        string[] missing =
        [
            .. Missing(baseUrl, $"the server (--base-url or {ConnectionSettings.BaseUrlVariable})"),
            .. Missing(repository, $"the repository (--repo or {ConnectionSettings.RepositoryVariable})"),
            .. Missing(token, $"the token ({ConnectionSettings.TokenVariable}, --token-file or --token-stdin)"),
        ];
        if (missing.Length > 0)
            throw new UsageException("Missing: "
                + $"{string.Join("; ", missing)}.{(known is null ? " To try without a server, add --embedded." : "")}");
        return (Connect(parsed, host, parallel, baseUrl!, repository!, token!), token!);
    }

    /// <summary>Connects to the embedded server.</summary>
    /// <exception cref="UsageException">Another server is named too.</exception>
    public LogScaleSearchConnection Connect(ParseResult parsed, CliHost host, int parallel, EmbeddedServer server)
    {
        EnsureEmbedded(parsed);
        if (server.ClientId is { } clientId)
        {
            var settings = new FalconConnectionSettings
            {
                BaseUrl = server.BaseUrl,
                ClientId = clientId,
                ClientSecret = ConnectionSettings.Secret(server.Token)
            };
            return Connected(() => NgSiem.Connect(settings, server.Repository, _ => null,
                options => _transport.Complete(parsed, host, options, parallel)));
        }
        return Connect(parsed, host, parallel, server.BaseUrl, server.Repository, server.Token);
    }

    /// <summary>The repository that the user named for the embedded server.</summary>
    public string? RepositoryGiven(ParseResult parsed) => parsed.GetValue(_repository);

    private LogScaleSearchConnection Connect(ParseResult parsed, CliHost host, int parallel, string baseUrl, string repository,
        string token)
    {
        var settings = new ConnectionSettings
        {
            BaseUrl = baseUrl,
            Repository = repository,
            Token = ConnectionSettings.Secret(token),
            CaBundle = _transport.CaBundle(parsed) ?? Read(host, ApiTransportOptions.CaBundleVariable),
        };
        return Connected(() => settings.Connect(_ => null, options => _transport.Complete(parsed, host, options, parallel)));
    }

    /// <summary>Names of the options for the API client of Falcon.</summary>
    public static IReadOnlyCollection<string> FalconNames { get; } = [
        .. new FalconOptions().All.Select(o => o.Name).Where(name => name != FalconOptions.NgSiemName)];

    /// <summary>Connects to Falcon by its API client. Nothing is sent yet.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">The environment.</param>
    /// <param name="parallel">Number of parallel requests.</param>
    /// <param name="known">The repository, if the user does not choose it.</param>
    /// <exception cref="UsageException">A setting is missing or malformed.</exception>
    public (LogScaleSearchConnection Connection, string Token) ConnectToFalcon(ParseResult parsed, CliHost host, int parallel,
        string? known)
    {
        var (settings, secret) = FalconSettings(parsed, host, _falcon.Read(parsed), known is not null);
        var repository = known ?? parsed.GetValue(_repository);
        return (Connected(() => NgSiem.Connect(settings, repository, host.Environment,
            options => _transport.Complete(parsed, host, options, parallel))), secret);
    }

    /// <summary>The child tenants that are named.</summary>
    public IReadOnlyList<string> MemberCids(ParseResult parsed) => _falcon.Cids(parsed);

    /// <summary>Connects to Falcon for several child tenants. Nothing is sent yet.</summary>
    /// <exception cref="UsageException">A setting is missing or malformed.</exception>
    public (FalconApiClient Connection, string Secret) ConnectForTenants(ParseResult parsed, CliHost host, int parallel)
    {
        var (settings, secret) = FalconSettings(parsed, host, _falcon.ReadClient(parsed), isKnown: true);
        return (Connected(() => settings.Connect(host.Environment, options => _transport.Complete(parsed, host, options, parallel))),
            secret);
    }

    private (FalconConnectionSettings Settings, string Secret) FalconSettings(
        ParseResult parsed, CliHost host, FalconConnectionSettings given, bool isKnown)
    {
        var secret = _token.Read(parsed, host, FalconConnectionSettings.ClientSecretVariable);
        string[] missing =
        [
            .. Missing(given.ClientId ?? Read(host, FalconConnectionSettings.ClientIdVariable),
                $"the client id ({FalconConnectionSettings.ClientIdVariable} or --client-id)"),
            .. Missing(secret, $"the client secret ({FalconConnectionSettings.ClientSecretVariable}, --token-file or --token-stdin)"),
        ];
        if (missing.Length > 0)
            throw new UsageException("Missing: "
                + $"{string.Join("; ", missing)}.{(isKnown ? "" : " To try without a server, add --embedded --ngsiem.")}");
        return (given with
        {
            BaseUrl = parsed.GetValue(_baseUrl),
            ClientSecret = ConnectionSettings.Secret(secret),
            CaBundle = _transport.CaBundle(parsed),
        }, secret!);
    }

    /// <summary>Connects. If this is not possible, the message names the options of the command line.</summary>
    /// <exception cref="UsageException">A setting is malformed.</exception>
    public static T Connected<T>(Func<T> connect)
    {
        try
        {
            return connect();
        }
        catch (UnencryptedAuthenticationException e)
        {
            throw new UsageException($"{e.Message} To send it anyway, add --allow-unencrypted-authentication.", e);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Output.ErrorText.WithoutParameter(e), e);
        }
    }

    private static string? Read(CliHost host, string variable) =>
        host.Environment(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static IEnumerable<string> Missing(string? value, string what) => string.IsNullOrWhiteSpace(value) ? [what] : [];
}
