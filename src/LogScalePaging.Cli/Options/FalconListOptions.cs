using System.CommandLine;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.Rest;
using LogScalePaging.Falcon.Rest.Endpoints;
using LogScalePaging.Search;
using LogScalePaging.Simulator;

namespace LogScalePaging.Cli.Options;

/// <summary>The options of the command line for Falcon's REST API. The options of the API client are those of NG-SIEM.</summary>
internal sealed class FalconListOptions : SystemOptions
{
    private const int Parallel = 8;

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        HelpName = "PATH",
        Description = "Falcon: endpoint to read, for example /devices/combined/devices/v1.",
    };
    private readonly Option<string?> _filter = new("--filter")
    {
        HelpName = "FQL",
        Description = "Falcon: filter in FQL. Without it, all records are read.",
    };
    private readonly Option<string?> _sortBy = new("--sort-by")
    {
        HelpName = "ORDER",
        Description = "Falcon: sort order in the form of the endpoint, for example created_timestamp|desc. [default: the endpoint's]",
    };
    private readonly Option<bool> _detailed = new("--detailed")
    {
        Description = "Falcon: retrieve the full record for each id.",
    };
    private readonly Option<string?> _body = new("--body")
    {
        HelpName = "JSON",
        Description = "Falcon: JSON object for the body of a POST request. Filter, order and page size are added to it.",
    };

    private readonly Option<string?> _sliceBy = new("--slice-by")
    {
        HelpName = "FIELD",
        Description =
            "Falcon: time field, for example created_timestamp. The records from --start to --end are read in slices of time, in parallel.",
    };

    /// <inheritdoc/>
    public override string Name => "falcon";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Own => [_endpoint, _filter, _sortBy, _detailed, _body, _sliceBy];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Shared => ConnectionOptions.FalconNames;

    /// <inheritdoc/>
    public override SearchRequest Read(ParseResult parsed, SearchOptions search)
    {
        if (parsed.GetValue(_endpoint) is not { } endpoint || string.IsNullOrWhiteSpace(endpoint))
            throw new UsageException(
                $"Use --endpoint with --system falcon. Known endpoints: {string.Join(", ", FalconRequest.KnownEndpoints)}.");
        var sliceBy = parsed.GetValue(_sliceBy);
        if (sliceBy is null && search.HasRange(parsed))
            throw new UsageException("--start and --end are not options of --system falcon. Put the times into --filter, for example "
                + "\"created_timestamp:>='2026-01-01T00:00:00Z'\", or use --slice-by.");
        // A run of a schedule ends at now less the lag.
        var isScheduled = parsed.GetResult(ScheduleOptions.Name) is System.CommandLine.Parsing.OptionResult { Implicit: false };
        if (sliceBy is not null && !(isScheduled ? search.HasStart(parsed) : search.HasWholeRange(parsed)))
            throw new UsageException(isScheduled
                ? $"{ScheduleOptions.Name} requires --start, where the first run begins."
                : "--slice-by requires --start and --end.");
        var range = sliceBy is null ? default : search.Range(parsed);
        if (search.Query(parsed) is not null)
            throw new UsageException(
                $"{SearchOptions.QueryName} and {SearchOptions.QueryFileName} are not options of --system falcon. Use --filter.");
        var request = new FalconRequest(endpoint.Trim())
        {
            Query = parsed.GetValue(_filter) ?? "",
            SortBy = parsed.GetValue(_sortBy),
            Detailed = parsed.GetValue(_detailed),
            Body = parsed.GetValue(_body),
            SliceBy = sliceBy,
            Start = range.Start,
            End = range.End,
            Parallel = Parallel,
            PageSize = search.PageSize(parsed),
            MaxEvents = search.MaxEvents(parsed),
            NoVerify = search.NoVerify(parsed),
        };
        return Valid(request);
    }

    /// <inheritdoc/>
    public override (SearchConnection Connection, string Secret) Connect(ParseResult parsed, CliHost host, ConnectionOptions connection)
    {
        var (gateway, secret) = connection.ConnectToFalcon(parsed, host, Parallel, NgSiem.DefaultRepository);
        return (new FalconRestConnection(gateway.Transport), secret);
    }

    /// <inheritdoc/>
    public override SimulatedServer Simulate(SimulatedData data)
    {
        var falcon = new FalconRestOptions { InventsTenants = false };
        falcon.Records = data.Events ?? falcon.Records;
        var options = new SimulatorOptions
        {
            Port = data.Port,
            Seed = data.Seed,
            Latency = data.Latency,
            TimeProvider = data.Time,
            RequestLogLimit = 0,
            EventCount = 0,
            Gateway = new GatewayOptions
            {
                // PSFalcon accepts only the form of real ones.
                ClientId = GatewayOptions.RealisticClientId,
                ClientSecret = GatewayOptions.RealisticClientSecret,
                Tenants = GatewayTenant.Generate(data.Tenants, GatewayTenant.UsualEvents),
            },
            Falcon = falcon,
        };
        var server = LogScaleSimulator.Start(options);
        var address = server.BaseUrl.GetLeftPart(UriPartial.Authority);
        return new SimulatedServer(
            server,
            FormattableString.Invariant(
                $"Falcon simulator at {address}, {falcon.Records:N0} records of each kind, client id {options.Gateway.ClientId}"),
            [
                (FalconConnectionSettings.BaseUrlVariable, address),
                (FalconConnectionSettings.ClientIdVariable, options.Gateway.ClientId),
                (FalconConnectionSettings.ClientSecretVariable, options.Gateway.ClientSecret),
            ],
            () => server.RequestCount,
            listener => server.RequestHandled += listener);
    }
}
