using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Cli.Running;
using LogScalePaging.Falcon;
using LogScalePaging.LogScale;
using LogScalePaging.Simulator;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>simulate</c>: runs a server with generated data, until Ctrl+C.</summary>
internal sealed class SimulateCommand(CliHost host)
{
    private const string Examples =
        """
        A server to try scripts against, as slow as one across an ocean:
          {0} simulate --port 8080 --latency 120 --job-time 2s

        In the background, its settings taken over by this shell:
          {0} simulate > sim.env & sleep 2; . ./sim.env

        The gateway of Falcon with NG-SIEM behind it, whose tokens live a minute:
          {0} simulate --ngsiem --token-life 60s

        Axiom, with a dataset named logs:
          {0} simulate --system axiom --repo logs

        Falcon's lists of hosts, alerts, vulnerabilities and indicators:
          {0} simulate --system falcon --events 20000

        Tanium's API Gateway, with its endpoints:
          {0} simulate --system tanium --events 10000
        """;

    private static readonly SimulatorOptions s_defaults = new();
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    private readonly Option<long> _port = new("--port")
    {
        HelpName = "N",
        Description = "TCP port on 127.0.0.1; 0 for any free one.",
        CustomParser = ArgumentValues.Number(0, 65535),
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<long> _events = new("--events")
    {
        HelpName = "N",
        Description = "Number of events. They are in the last day, half of them in the last hour.",
        CustomParser = ArgumentValues.Number(0, 20_000_000),
        DefaultValueFactory = _ => s_defaults.EventCount,
    };
    private readonly Option<long> _seed = new("--seed")
    {
        HelpName = "N",
        Description = "The same seed generates the same events.",
        CustomParser = ArgumentValues.Number(0, int.MaxValue),
        DefaultValueFactory = _ => s_defaults.Seed,
    };
    private readonly Option<TimeSpan> _latency = new("--latency")
    {
        HelpName = "MS",
        Description = "Delay of every request (also 2s).",
        CustomParser = ArgumentValues.Span(s_millisecond, TimeSpan.Zero, TimeSpan.FromHours(1)),
    };
    private readonly Option<TimeSpan> _jobTime = new("--job-time")
    {
        HelpName = "MS",
        Description = "Time until a query job is done (also 2s).",
        CustomParser = ArgumentValues.Span(s_millisecond, TimeSpan.Zero, TimeSpan.FromHours(1)),
    };
    private readonly Option<string> _repository = new("--repo")
    {
        HelpName = "NAME",
        Description = "Name of the repository, or of the dataset.",
        DefaultValueFactory = _ => s_defaults.Repository,
    };
    private readonly Option<bool> _ngsiem = new("--ngsiem")
    {
        Description = "Add a Falcon gateway: sign-in by OAuth2, the paths of NG-SIEM, rate limits, trace ids.",
    };
    private readonly Option<TimeSpan> _tokenLife = new("--token-life")
    {
        HelpName = "SECONDS",
        Description = "Lifetime of a token of the gateway (also 5m). [default: 1799]",
        CustomParser = ArgumentValues.Span(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
    };
    private readonly Option<long> _tenants = new("--tenants")
    {
        HelpName = "N",
        Description = "Number of child tenants of Falcon, each with separate events.",
        CustomParser = ArgumentValues.Number(0, 1_000),
        DefaultValueFactory = _ => 0,
    };
    private readonly SystemChoice _system = new();
    private readonly TalkOptions _talk = new();

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("simulate", "Run a LogScale-compatible server with generated data until Ctrl+C is pressed.");
        foreach (var option in new Option[] { _port, _events, _seed, _latency, _jobTime, _repository, _ngsiem, _tokenLife, _tenants })
            command.Add(option);
        _system.AddTo(command, [_jobTime, _ngsiem, _tokenLife], forSearch: false);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        try
        {
            if (_system.Of(parsed) is { } system)
                return await RunAsync(parsed, system, messages).ConfigureAwait(false);
            var server = LogScaleSimulator.Start(Read(parsed));
            await using var _ = server.ConfigureAwait(false);
            if (messages.Verbose)
                server.RequestHandled += request => messages.Detail(request.ToString());
            await IntroduceAsync(server, messages).ConfigureAwait(false);
            await host.Interrupted.WhenCancelled().ConfigureAwait(false);
            messages.Info(
                $"Stopped after {Units.Count(server.RequestCount, "request")} and {Units.Count(server.Jobs.Count, "query job")}.");
            return ExitCode.Complete;
        }
        catch (SimulatorPortException e)
        {
            messages.Error(e.Message);
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            return CommandLineApp.Fail(messages, e);
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, SystemOptions system, Messages messages)
    {
        var simulated = system.Simulate(new SimulatedData(
            (int)parsed.GetValue(_port),
            parsed.GetResult(_events) is { Implicit: false } ? (int)parsed.GetValue(_events) : null,
            (int)parsed.GetValue(_seed),
            parsed.GetValue(_latency),
            parsed.GetResult(_repository) is { Implicit: false } ? parsed.GetValue(_repository) : null,
            host.Time)
        {
            Tenants = (int)parsed.GetValue(_tenants),
        });
        using var server = simulated.Server;
        if (messages.Verbose)
            simulated.Listen(request => messages.Detail(request.ToString()));
        messages.Info($"{simulated.Description}.\nPress Ctrl+C to stop it. To use it, paste:\n");
        await PrintAsync(simulated.Variables).ConfigureAwait(false);
        await host.Interrupted.WhenCancelled().ConfigureAwait(false);
        messages.Info($"Stopped after {Units.Count(simulated.RequestCount(), "request")}.");
        return ExitCode.Complete;
    }

    private SimulatorOptions Read(ParseResult parsed) => new()
    {
        Port = (int)parsed.GetValue(_port),
        EventCount = (int)parsed.GetValue(_events),
        EventsPerMinute = parsed.GetValue(_events) == 0 ? 0 : 60,
        Seed = (int)parsed.GetValue(_seed),
        Latency = parsed.GetValue(_latency),
        JobDuration = parsed.GetValue(_jobTime),
        Repository = parsed.GetValue(_repository)!,
        TimeProvider = host.Time,
        RequestLogLimit = 0,
        Gateway = parsed.GetValue(_ngsiem) ? Gateway(parsed) : null,
    };

    private GatewayOptions Gateway(ParseResult parsed)
    {
        var gateway = new GatewayOptions { Tenants = GatewayTenant.Generate((int)parsed.GetValue(_tenants), GatewayTenant.UsualEvents) };
        if (parsed.GetResult(_tokenLife) is not null)
            gateway.TokenLifetime = parsed.GetValue(_tokenLife);
        // The named view comes first. The views that every tenant has are kept.
        if (parsed.GetResult(_repository) is { Implicit: false })
            gateway.Repositories = [parsed.GetValue(_repository)!, .. gateway.Repositories];
        return gateway;
    }

    private async Task IntroduceAsync(LogScaleSimulator server, Messages messages)
    {
        var address = server.BaseUrl.GetLeftPart(UriPartial.Authority);
        var gateway = server.Options.Gateway;
        var who = gateway is null
            ? $"LogScale simulator at {address}, repository {server.Repository}, token {server.Token}"
            : $"Falcon gateway simulator at {address}, NG-SIEM views {string.Join(", ", gateway.Repositories)}, client "
                + $"id {gateway.ClientId}, client secret {gateway.ClientSecret}";
        messages.Info($"{who}, {Units.Count(server.Options.EventCount, "generated event")}.\nPress Ctrl+C to stop it. To use it, paste:\n");
        (string, string)[] variables = gateway is null
            ? [(ConnectionSettings.BaseUrlVariable, address), (ConnectionSettings.RepositoryVariable, server.Repository),
                (ConnectionSettings.TokenVariable, server.Token)]
            : [(FalconConnectionSettings.BaseUrlVariable, address), (FalconConnectionSettings.ClientIdVariable, gateway.ClientId),
                (FalconConnectionSettings.ClientSecretVariable, gateway.ClientSecret)];
        await PrintAsync(variables).ConfigureAwait(false);
    }

    private async Task PrintAsync(IEnumerable<(string Name, string Value)> variables)
    {
        var lines = new StreamWriter(host.Out, leaveOpen: true);
        await using var _ = lines.ConfigureAwait(false);
        foreach (var (name, value) in variables)
            await lines.WriteLineAsync(Assignment(name, value)).ConfigureAwait(false);
        await lines.FlushAsync(host.Interrupted).ConfigureAwait(false);
    }

    private static string Assignment(string name, string value) => OperatingSystem.IsWindows()
        ? $"$env:{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'"
        : $"export {name}={ResumeHint.Quote(value)}";
}
