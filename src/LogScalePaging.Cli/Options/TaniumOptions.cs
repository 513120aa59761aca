using System.CommandLine;
using System.Text.Json;
using LogScalePaging.LogScale;
using LogScalePaging.Search;
using LogScalePaging.Simulator;
using LogScalePaging.Tanium;

namespace LogScalePaging.Cli.Options;

/// <summary>What Tanium adds to the command line.</summary>
internal sealed class TaniumOptions : SystemOptions
{
    private readonly Option<string?> _field = new("--field")
    {
        HelpName = "NAME",
        Description = "Tanium: field of the API Gateway to read, for example endpoints. --fields names the fields of its records.",
    };
    private readonly Option<bool> _backward = new("--backward")
    {
        Description = "Tanium: read from the end of the collection.",
    };
    private readonly Option<bool> _refresh = new("--refresh")
    {
        Description = "Tanium: refresh the collection before it is read.",
    };

    /// <inheritdoc/>
    public override string Name => "tanium";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Own => [_field, _backward, _refresh];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Shared => [SearchOptions.ArgumentName];

    /// <inheritdoc/>
    public override SearchRequest Read(ParseResult parsed, SearchOptions search)
    {
        var (field, query) = (parsed.GetValue(_field)?.Trim(), search.Query(parsed));
        if (string.IsNullOrEmpty(field) == string.IsNullOrWhiteSpace(query))
            throw new UsageException("Use either --field with --fields, or -q with a query in GraphQL, with --system tanium.");
        if (search.HasRange(parsed))
            throw new UsageException("--start and --end are not options of --system tanium. Its records have no time range.");
        var fields = parsed.GetValue<string[]?>(OutputOptions.FieldsName);
        if (query is null && fields is not { Length: > 0 })
            throw new UsageException("--field requires --fields, for example --fields id,name,ipAddress.");
        if (query is null && search.Arguments(parsed) is not null)
            throw new UsageException($"{SearchOptions.ArgumentName} requires -q.");
        return Valid(new TaniumRequest
        {
            Query = query ?? "",
            Field = query is null ? field : null,
            Properties = query is null ? fields! : [],
            Arguments = search.Arguments(parsed)?.ToDictionary(a => a.Key.TrimStart('$'), a => Json(a.Value)) ?? [],
            Backward = parsed.GetValue(_backward),
            Refresh = parsed.GetValue(_refresh),
            PageSize = search.PageSize(parsed) ?? TaniumRequest.DefaultPageSize,
            MaxEvents = search.MaxEvents(parsed),
            NoVerify = search.NoVerify(parsed),
        });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? Kept(IReadOnlyList<string>? fields)
    {
        try
        {
            return fields is null ? null : TaniumRequest.NamesOf(fields);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--fields: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override (SearchConnection Connection, string Secret) Connect(ParseResult parsed, CliHost host, ConnectionOptions connection)
    {
        var token = connection.Token(parsed, host, TaniumSettings.TokenVariable)
            ?? throw new UsageException($"Missing: the token ({TaniumSettings.TokenVariable}, --token-file or --token-stdin).");
        var settings = new TaniumSettings
        {
            BaseUrl = connection.BaseUrl(parsed),
            Token = ConnectionSettings.Secret(token),
            CaBundle = connection.CaBundle(parsed),
        };
        var connected = ConnectionOptions.Connected(() =>
            settings.Connect(host.Environment, options => connection.Complete(parsed, host, options)));
        return (connected, token);
    }

    /// <inheritdoc/>
    public override SimulatedServer Simulate(SimulatedData data)
    {
        var options = new TaniumSimulatorOptions
        {
            Port = data.Port,
            Seed = data.Seed,
            Latency = data.Latency,
            TimeProvider = data.Time,
            RequestLogLimit = 0,
        };
        options.Records = data.Events ?? options.Records;
        var server = TaniumSimulator.Create(options);
        var url = server.BaseUrl.GetLeftPart(UriPartial.Authority);
        var names = string.Join(", ", options.Fields.Select(f => f.Name));
        return new SimulatedServer(
            server,
            FormattableString.Invariant($"Tanium simulator at {url}, {options.Records:N0} records in {names}"),
            [(TaniumSettings.UrlVariable, url), (TaniumSettings.TokenVariable, options.Token)],
            () => server.RequestCount,
            listener => server.RequestHandled += listener);
    }

    // Text that is not JSON is a string, so that a name needs no quotes within the quotes of the shell.
    private static string Json(string value)
    {
        try
        {
            JsonDocument.Parse(value).Dispose();
            return value;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(value);
        }
    }
}
