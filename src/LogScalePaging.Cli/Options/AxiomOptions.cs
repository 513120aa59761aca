using System.CommandLine;
using LogScalePaging.Axiom;
using LogScalePaging.Common;
using LogScalePaging.LogScale;
using LogScalePaging.Search;
using LogScalePaging.Simulator;

namespace LogScalePaging.Cli.Options;

/// <summary>The options of the command line for Axiom.</summary>
internal sealed class AxiomOptions : SystemOptions
{
    private static readonly string[] s_pagings = [.. Enum.GetNames<AxiomPaging>().Select(n => n.ToLowerInvariant())];

    private readonly Option<string?> _dataset = new("--dataset", "-d")
    {
        HelpName = "NAME",
        Description = "Axiom: dataset to read. -q adds stages to it. Without -q, all of its events are read.",
    };
    private readonly Option<string?> _sortOrder = new("--sort-order")
    {
        HelpName = "ORDER",
        Description = "Axiom: desc for the newest event first, or asc. [default: desc]",
    };
    private readonly Option<string?> _paging = new("--paging")
    {
        HelpName = "NAME",
        Description = $"Axiom: how pages are requested: {string.Join(", ", s_pagings)}. [default: {s_pagings[0]}]",
    };
    private readonly Option<string?> _organisation = new("--org-id")
    {
        HelpName = "ID",
        Description = $"Axiom: organisation, for personal tokens. Default: {AxiomSettings.OrganisationVariable}.",
    };

    /// <inheritdoc/>
    public override string Name => "axiom";

    /// <inheritdoc/>
    public override IReadOnlyList<Option> Own => [_dataset, _sortOrder, _paging, _organisation];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Shared => [SearchOptions.ParallelName];

    /// <inheritdoc/>
    public override SearchRequest Read(ParseResult parsed, SearchOptions search)
    {
        var (dataset, query) = (parsed.GetValue(_dataset), search.Query(parsed));
        if (string.IsNullOrWhiteSpace(dataset) && string.IsNullOrWhiteSpace(query))
            throw new UsageException("Use --dataset or -q with --system axiom.");
        var range = search.Range(parsed);
        var request = new AxiomRequest(dataset is null ? query! : AxiomRequest.QueryOf(dataset, query))
        {
            Start = range.Start,
            End = range.End,
            OldestFirst = OldestFirst(parsed.GetValue(_sortOrder)),
            Paging = Paging(parsed.GetValue(_paging)),
            PageSize = search.PageSize(parsed) ?? AxiomRequest.DefaultPageSize,
            Parallel = search.Parallel(parsed),
            MaxEvents = search.MaxEvents(parsed),
            NoVerify = search.NoVerify(parsed),
        };
        return Valid(request);
    }

    /// <inheritdoc/>
    public override (SearchConnection Connection, string Secret) Connect(ParseResult parsed, CliHost host, ConnectionOptions connection)
    {
        var token = connection.Token(parsed, host, AxiomSettings.TokenVariable)
            ?? throw new UsageException($"Missing: the token ({AxiomSettings.TokenVariable}, --token-file or --token-stdin).");
        var url = connection.BaseUrl(parsed);
        return (Connect(parsed, host, connection, url, parsed.GetValue(_organisation), token, host.Environment), token);
    }

    /// <inheritdoc/>
    public override SimulatedServer Simulate(SimulatedData data)
    {
        var options = new AxiomSimulatorOptions
        {
            Port = data.Port,
            Seed = data.Seed,
            Latency = data.Latency,
            TimeProvider = data.Time,
            RequestLogLimit = 0,
        };
        (options.EventCount, options.Dataset) = (data.Events ?? options.EventCount, data.Name ?? options.Dataset);
        var server = AxiomSimulator.Create(options);
        var url = server.BaseUrl.GetLeftPart(UriPartial.Authority);
        var events = FormattableString.Invariant($"{options.EventCount:N0} events of the last {options.EventSpan.TotalHours:0} hours");
        return new SimulatedServer(
            server,
            $"Axiom simulator at {url}, {events} in dataset '{options.Dataset}'",
            [(AxiomSettings.UrlVariable, url), (AxiomSettings.TokenVariable, options.Token)],
            () => server.RequestCount,
            listener => server.RequestHandled += listener);
    }

    private static AxiomSearchConnection Connect(
        ParseResult parsed,
        CliHost host,
        ConnectionOptions connection,
        string? url,
        string? organisation,
        string token,
        Func<string, string?> environment)
    {
        var settings = new AxiomSettings
        {
            BaseUrl = url,
            OrganisationId = organisation,
            Token = ConnectionSettings.Secret(token),
            CaBundle = connection.CaBundle(parsed),
        };
        return ConnectionOptions.Connected(() => settings.Connect(environment, options => connection.Complete(parsed, host, options)));
    }

    private static bool OldestFirst(string? order) => order?.ToLowerInvariant() switch
    {
        null or "desc" or "descending" => false,
        "asc" or "ascending" => true,
        _ => throw new UsageException($"--sort-order: '{Printable.Line(order)}' is not desc or asc."),
    };

    private static AxiomPaging Paging(string? name) => name is null
        ? AxiomPaging.Auto
        : s_pagings.Contains(name.ToLowerInvariant()) && Enum.TryParse<AxiomPaging>(name, ignoreCase: true, out var paging)
        ? paging
        : throw new UsageException($"--paging: '{Printable.Line(name)}' is not one of {string.Join(", ", s_pagings)}.");
}
