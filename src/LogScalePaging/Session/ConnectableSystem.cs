using LogScalePaging.Axiom;
using LogScalePaging.Events;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;
using LogScalePaging.Records;
using LogScalePaging.Tanium;
using LogScalePaging.Transport.Http;

namespace LogScalePaging;

/// <summary>How a session gets a connection for one system. A new system adds one entry.</summary>
internal sealed record ConnectableSystem
{
    private static readonly string[] s_falconVariables =
    [
        FalconConnectionSettings.ClientIdVariable, FalconConnectionSettings.ClientSecretVariable,
        FalconConnectionSettings.BaseUrlVariable, FalconConnectionSettings.CloudVariable, FalconConnectionSettings.MemberCidVariable,
    ];

    private static readonly Dictionary<string, ConnectableSystem> s_all =
        new[] { QueryJobs(), FalconRest(), Axiom(), Tanium() }.ToDictionary(system => system.Name, StringComparer.Ordinal);

    /// <summary>Name of the system in checkpoints and manifests.</summary>
    public required string Name { get; init; }

    /// <summary>The servers that have the system, in words.</summary>
    public required string Servers { get; init; }

    /// <summary>The cmdlets that connect to them.</summary>
    public required string Cmdlets { get; init; }

    /// <summary>The message if there is no connection.</summary>
    public required string NotConnected { get; init; }

    /// <summary>A command that connects.</summary>
    public required string Example { get; init; }

    /// <summary>The cmdlet that exports from it.</summary>
    public required string ExportCmdlet { get; init; }

    /// <summary>What to do when the server does not accept the request.</summary>
    public required string Correction { get; init; }

    /// <summary>Type name of its records, for a schema.</summary>
    public required Func<RecordSchema, string> TypeNameOf { get; init; }

    /// <summary>The environment variables that <see cref="FromEnvironment"/> reads.</summary>
    public required string[] Variables { get; init; }

    /// <summary>Connects with the values of the environment variables.</summary>
    public required Func<Func<string, string?>, ServerConnection> FromEnvironment { get; init; }

    /// <summary>Names of all systems.</summary>
    public static IEnumerable<string> Names => s_all.Keys;

    /// <summary>The entry of a system.</summary>
    public static ConnectableSystem Of(string system) => s_all[system];

    /// <summary>Type name of the records of an export.</summary>
    /// <param name="system">The system in its manifest, which may be from an older or a newer version.</param>
    /// <param name="schema">What the records look like.</param>
    public static string TypeNameIn(string system, RecordSchema schema) =>
        Systems.IsKnown(system) ? Of(Systems.Current(system)).TypeNameOf(schema) : EventBuilder.RecordType;

    /// <summary>Checks that a connection is to this system, whether it is open or not.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cmdlet">Name of the cmdlet that needs it.</param>
    /// <exception cref="WrongSystemException">It is to another system; the message names both.</exception>
    public void EnsureIs(ServerConnection connection, string cmdlet)
    {
        if (connection.Search(Name) is null)
            throw new WrongSystemException($"This connection is to {connection.System}. {cmdlet} requires a connection to {Servers}. "
                + $"Use {Cmdlets}.");
    }

    /// <summary>Checks that a connection is open and to this system.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cmdlet">Name of the cmdlet that needs it.</param>
    /// <exception cref="WrongSystemException">It is to another system; the message names both.</exception>
    /// <exception cref="NotConnectedException">It was disconnected.</exception>
    public void EnsureServes(ServerConnection connection, string cmdlet)
    {
        EnsureIs(connection, cmdlet);
        if (!connection.IsOpen)
            throw new NotConnectedException(this, $"The connection to {connection} was disconnected.");
    }

    private static ConnectableSystem QueryJobs() => new()
    {
        Name = SearchSpec.SystemName,
        Servers = $"{SearchSpec.SystemName} or {NgSiem.Name}",
        Cmdlets = "Connect-LogScale or Connect-Falcon",
        NotConnected = "Not connected. Run Connect-LogScale (Connect-Falcon for NG-SIEM), or set LOGSCALE_BASE_URL, LOGSCALE_REPO and "
            + "LOGSCALE_TOKEN (FALCON_CLIENT_ID and FALCON_CLIENT_SECRET).",
        Example = "Connect-LogScale -BaseUrl https://cloud.example.com -Repository my-repo -Token (Read-Host -AsSecureString)",
        ExportCmdlet = "Invoke-QueryJobExport",
        Correction = "Correct the query or its time range (-Start, -End), as the server's message says. Test the query with a short "
            + "range: Invoke-QueryJob '…' -Start 5m -First 10.",
        TypeNameOf = _ => EventBuilder.EventType,
        Variables =
        [
            ConnectionSettings.BaseUrlVariable, ConnectionSettings.RepositoryVariable, ConnectionSettings.TokenVariable,
            ApiTransportOptions.CaBundleVariable, .. s_falconVariables,
        ],
        FromEnvironment = environment => NgSiem.IsMeant(environment)
            ? new FalconConnection(new FalconConnectionSettings().Connect(environment), repository: null)
            : new LogScaleConnection(new ConnectionSettings().Connect(environment)),
    };

    private static ConnectableSystem FalconRest() => new()
    {
        Name = FalconRequest.SystemName,
        Servers = FalconRequest.SystemName,
        Cmdlets = "Connect-Falcon",
        NotConnected = "Not connected. Run Connect-Falcon, or set FALCON_CLIENT_ID and FALCON_CLIENT_SECRET.",
        Example = "Connect-Falcon -Credential (Get-Credential)",
        ExportCmdlet = "Invoke-FalconExport",
        Correction = "Correct -Endpoint, -Filter or -SortBy, as the server's message says. Test them with one record: "
            + "Invoke-FalconQuery … -First 1.",
        TypeNameOf = _ => RecordTypes.FalconRecord,
        Variables = [ApiTransportOptions.CaBundleVariable, .. s_falconVariables],
        FromEnvironment = environment => new FalconConnection(new FalconConnectionSettings().Connect(environment), repository: null),
    };

    private static ConnectableSystem Axiom() => new()
    {
        Name = AxiomRequest.SystemName,
        Servers = AxiomRequest.SystemName,
        Cmdlets = "Connect-Axiom",
        NotConnected = "Not connected. Run Connect-Axiom, or set AXIOM_TOKEN (AXIOM_ORG_ID too for a personal token).",
        Example = "Connect-Axiom -Token (Read-Host -AsSecureString)",
        ExportCmdlet = "Invoke-AxiomExport",
        Correction = "Correct the query or its time range (-Start, -End), as the server's message says. Test the query with a short "
            + "range: Invoke-AxiomQuery '…' -Start 5m -First 10.",
        // Rows of a query that is read whole have no time that the schema knows.
        TypeNameOf = schema => schema.TimeField is null ? EventBuilder.RowType : RecordTypes.AxiomEvent,
        Variables =
        [
            AxiomSettings.TokenVariable, AxiomSettings.OrganisationVariable, AxiomSettings.UrlVariable, AxiomSettings.CaBundleVariable,
        ],
        FromEnvironment = environment => new AxiomConnection(new AxiomSettings().Connect(environment)),
    };

    private static ConnectableSystem Tanium() => new()
    {
        Name = TaniumRequest.SystemName,
        Servers = TaniumRequest.SystemName,
        Cmdlets = "Connect-Tanium",
        NotConnected = "Not connected. Run Connect-Tanium, or set TANIUM_URL and TANIUM_TOKEN.",
        Example = "Connect-Tanium -BaseUrl https://example-api.cloud.tanium.com -Token (Read-Host -AsSecureString)",
        ExportCmdlet = "Invoke-TaniumExport",
        Correction = "Correct -Field, -Property or -Query, as the server's message says. Test them with one record: "
            + "Invoke-TaniumQuery … -First 1.",
        TypeNameOf = _ => RecordTypes.TaniumRecord,
        Variables = [TaniumSettings.UrlVariable, TaniumSettings.TokenVariable, ApiTransportOptions.CaBundleVariable],
        FromEnvironment = environment => new TaniumConnection(new TaniumSettings().Connect(environment)),
    };
}
