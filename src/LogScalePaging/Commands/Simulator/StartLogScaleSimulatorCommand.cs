using System.Management.Automation;
using System.Net;
using System.Security;
using LogScalePaging.Falcon;
using LogScalePaging.Falcon.SignIn;
using LogScalePaging.Simulator;

namespace LogScalePaging.Commands;

/// <summary><c>Start-LogScaleSimulator</c>: starts a server in this process, to try the module and to test runbooks.</summary>
[Cmdlet(VerbsLifecycle.Start, "LogScaleSimulator", SupportsShouldProcess = true, HelpUri = HelpPages.Folder + "Start-LogScaleSimulator.md")]
[OutputType(typeof(SimulatorInstance))]
public sealed class StartLogScaleSimulatorCommand : LogScaleCommandBase
{
    /// <summary>The system to simulate.</summary>
    [Parameter(Position = 0)]
    public SimulatedSystem System { get; set; }

    /// <summary>TCP port on 127.0.0.1. With 0, any free port is used.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>Name of its repository, or of its dataset.</summary>
    [Parameter]
    [Alias("Dataset")]
    [ValidateNotNullOrEmpty]
    public string Repository { get; set; } = "demo";

    /// <summary>Token that it accepts. Without it, a default is used.</summary>
    [Parameter]
    [TokenTransformation]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>Seed of the generated events. The same seed generates the same events.</summary>
    [Parameter]
    public int Seed { get; set; } = 1;

    /// <summary>
    /// How many events it holds; for Falcon also how many records each list of the REST API has, for Tanium how many each collection has.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 10_000_000)]
    public int EventCount { get; set; } = 40_000;

    /// <summary>Events per minute that are added while it runs; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 60_000)]
    public int EventRatePerMinute { get; set; } = 60;

    /// <summary>Hours before now over which the events are spread.</summary>
    [Parameter]
    [ValidateRange(1, 8760)]
    public int EventSpanHours { get; set; } = 24;

    /// <summary>Number of additional events that share one millisecond, half an hour ago.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int CrowdCount { get; set; }

    /// <summary>
    /// Put text that breaks careless readers into some events: line breaks, quotes, terminal escapes, formulas, names that differ in case
    /// only.
    /// </summary>
    [Parameter]
    public SwitchParameter HostileText { get; set; }

    /// <summary>How many events a filter query returns.</summary>
    [Parameter]
    [ValidateRange(1, 200_000)]
    public int BufferSize { get; set; } = 200;

    /// <summary>Delay of every request, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 60_000)]
    public int LatencyMs { get; set; }

    /// <summary>How long a job runs, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    public int JobDurationMs { get; set; }

    /// <summary>Wait between polls that the server asks clients for, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 60_000)]
    public int PollAfterMs { get; set; } = 50;

    /// <summary>How long a job lives without a poll, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int JobLifetimeSec { get; set; } = 90;

    /// <summary>
    /// Simulate the Falcon gateway in front of the server: sign-in by OAuth2, NG-SIEM's paths, rate limits and trace ids.
    /// </summary>
    [Parameter]
    public SwitchParameter Gateway { get; set; }

    /// <summary>Client id that the gateway accepts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Client secret that the gateway accepts. Without it, a default is used.</summary>
    [Parameter]
    [TokenTransformation(Variable = FalconConnectionSettings.ClientSecretVariable)]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <summary>CIDs of child tenants that the client may search.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? MemberCid { get; set; }

    /// <summary>Number of child tenants, each with separate events and records, which <c>Get-FalconChildCid</c> lists.</summary>
    [Parameter]
    [ValidateRange(0, 1_000)]
    public int ChildCount { get; set; }

    /// <summary>How long a token of the gateway lives, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int TokenLifetimeSec { get; set; } = 1799;

    /// <summary>Requests per second before the gateway answers 429; 0 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int RateLimitPerSecond { get; set; }

    private protected override void OnProcess()
    {
        EnsureApplicable();
        if (!ShouldProcess($"127.0.0.1:{Port}", System switch
        {
            SimulatedSystem.LogScale when !Gateway => "Start a simulated LogScale server",
            SimulatedSystem.Axiom => "Start a simulated Axiom",
            SimulatedSystem.Tanium => "Start a simulated Tanium",
            _ => "Start a simulated Falcon gateway",
        }))
            return;
        var instance = Run(_ => Task.Run(Start));
        Session.Add(instance);
        // The secrets are not saved, because Export-Clixml does not encrypt a SecureString outside Windows.
        SavedProperties.Limit(
            this, typeof(SimulatorInstance).FullName!, nameof(instance.BaseUrl), nameof(QueryJobSimulatorInstance.Repository),
            nameof(AxiomSimulatorInstance.Dataset), nameof(instance.IsRunning), nameof(instance.StartedAt),
            nameof(QueryJobSimulatorInstance.LiveJobCount), nameof(QueryJobSimulatorInstance.JobCount), nameof(instance.RequestCount));
        WriteObject(instance);
    }

    // Another system adds a line here, and its parameters to EnsureApplicable.
    private SimulatorInstance Start() => System switch
    {
        SimulatedSystem.Axiom => StartAxiom(),
        SimulatedSystem.Tanium => StartTanium(),
        _ => StartQueryJobs(),
    };

    private void EnsureApplicable()
    {
        string[] jobs =
        [
            nameof(EventRatePerMinute), nameof(HostileText), nameof(BufferSize), nameof(JobDurationMs), nameof(PollAfterMs),
            nameof(JobLifetimeSec), nameof(Gateway), nameof(ClientId), nameof(ClientSecret), nameof(MemberCid), nameof(ChildCount),
            nameof(TokenLifetimeSec), nameof(RateLimitPerSecond),
        ];
        var foreign = System switch
        {
            SimulatedSystem.Axiom => jobs,
            SimulatedSystem.Tanium => [nameof(Repository), nameof(EventSpanHours), nameof(CrowdCount), .. jobs],
            _ => [],
        };
        if (foreign.FirstOrDefault(Given) is { } name)
            throw new ArgumentException($"-{name} is not a setting of -System {System}.");
        if (ChildCount > 0 && System == SimulatedSystem.LogScale && !Gateway)
            throw new ArgumentException("-ChildCount requires -Gateway or -System Falcon.");
    }

    private AxiomSimulatorInstance StartAxiom()
    {
        var options = new AxiomSimulatorOptions
        {
            Port = Port,
            Dataset = Repository,
            Seed = Seed,
            EventCount = EventCount,
            EventSpan = TimeSpan.FromHours(EventSpanHours),
            CrowdSize = Math.Min(CrowdCount, EventCount),
            Latency = TimeSpan.FromMilliseconds(LatencyMs),
        };
        if (Token is not null)
            options.Token = Text(Token);
        Session.Datasets.Add(Repository);
        return new AxiomSimulatorInstance(AxiomSimulator.Create(options), TimeProvider.System.GetUtcNow());
    }

    private TaniumSimulatorInstance StartTanium()
    {
        var options = new TaniumSimulatorOptions { Port = Port, Seed = Seed, Latency = TimeSpan.FromMilliseconds(LatencyMs) };
        if (Given(nameof(EventCount)))
            options.Records = EventCount;
        if (Token is not null)
            options.Token = Text(Token);
        return new TaniumSimulatorInstance(TaniumSimulator.Create(options), TimeProvider.System.GetUtcNow());
    }

    private QueryJobSimulatorInstance StartQueryJobs()
    {
        var options = new SimulatorOptions
        {
            Port = Port,
            Repository = Repository,
            Seed = Seed,
            EventCount = EventCount,
            EventsPerMinute = EventCount == 0 && !Given(nameof(EventRatePerMinute)) ? 0 : EventRatePerMinute,
            EventSpan = TimeSpan.FromHours(EventSpanHours),
            HostileText = HostileText,
            BufferSize = BufferSize,
            Latency = TimeSpan.FromMilliseconds(LatencyMs),
            JobDuration = TimeSpan.FromMilliseconds(JobDurationMs),
            PollAfterMs = PollAfterMs,
            JobLifetime = TimeSpan.FromSeconds(JobLifetimeSec),
            Crowds = CrowdCount == 0 ? [] : [new Crowd(TimeSpan.FromMinutes(30), CrowdCount)],
        };
        if (Token is not null)
            options.Token = Text(Token);
        if (Gateway || System == SimulatedSystem.Falcon)
            options.Gateway = MakeGateway();
        else
            options.RateLimitPerSecond = RateLimitPerSecond;
        if (System == SimulatedSystem.Falcon)
        {
            options.Falcon = new FalconRestOptions { InventsTenants = false };
            if (Given(nameof(EventCount)))
                options.Falcon.Records = EventCount;
        }
        return QueryJobSimulatorInstance.Of(LogScaleSimulator.Start(options), TimeProvider.System.GetUtcNow());
    }

    private GatewayOptions MakeGateway()
    {
        var gateway = new GatewayOptions
        {
            TokenLifetime = TimeSpan.FromSeconds(TokenLifetimeSec),
            RateLimitPerSecond = RateLimitPerSecond,
            MemberCids = [.. (MemberCid ?? []).Select(cid => FalconCredential.NormaliseCid(cid)!)],
            Tenants = GatewayTenant.Generate(ChildCount, GatewayTenant.UsualEvents),
        };
        if (ClientId is not null)
            gateway.ClientId = ClientId;
        else if (System == SimulatedSystem.Falcon)
            gateway.ClientId = GatewayOptions.RealisticClientId;
        if (ClientSecret is not null)
            gateway.ClientSecret = Text(ClientSecret);
        else if (System == SimulatedSystem.Falcon)
            gateway.ClientSecret = GatewayOptions.RealisticClientSecret;
        // The named view comes first. The views that every tenant has are kept.
        if (Given(nameof(Repository)))
            gateway.Repositories = [Repository, .. gateway.Repositories.Where(r => r != Repository)];
        return gateway;
    }

    private bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private static string Text(SecureString secret) => new NetworkCredential("", secret).Password;
}
