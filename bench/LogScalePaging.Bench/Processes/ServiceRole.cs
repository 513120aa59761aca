using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Processes;

/// <summary>This program as one of the other systems: says where it stands, and ends with its parent.</summary>
internal static class ServiceRole
{
    /// <summary>The word that starts Tanium's API Gateway.</summary>
    public const string Tanium = "serve-tanium";

    /// <summary>The word that starts Axiom.</summary>
    public const string Axiom = "serve-axiom";

    /// <summary>The word that starts Falcon's REST API.</summary>
    public const string Falcon = "serve-falcon";

    /// <summary>Client id of the Falcon server, in the form that PSFalcon accepts.</summary>
    public const string ClientId = "00000000000000000000000000000001";

    /// <summary>Starts a server in a process.</summary>
    public static Task<ServerProcess> StartAsync(string role, int records, int latency) =>
        ServerProcess.StartAsync(role, Wire.Write(new ServerSettings { Events = records, LatencyMs = latency }));

    public static async Task<int> RunAsync(string role, ServerSettings settings)
    {
        var (server, address) = Start(role, settings.Events, TimeSpan.FromMilliseconds(settings.LatencyMs));
        using var _ = server;
        Console.WriteLine(Wire.Write(address));
        // Standard input closes when the parent ends, however it ends.
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }
        return 0;
    }

    private static (IDisposable Server, ServerAddress Address) Start(string role, int records, TimeSpan latency)
    {
        if (role == Tanium)
        {
            var tanium = TaniumSimulator.Create(new TaniumSimulatorOptions { Records = records, Latency = latency, RequestLogLimit = 0 });
            return (tanium, new ServerAddress(tanium.BaseUrl.AbsoluteUri, "endpoints", tanium.Options.Token));
        }
        if (role == Axiom)
        {
            // The published loop loses rows that share an instant. Without them, both clients have the same work.
            var axiom = AxiomSimulator.Create(new AxiomSimulatorOptions
            {
                EventCount = records,
                Ties = 0,
                Duplicates = 0,
                Latency = latency,
                RequestLogLimit = 0,
            });
            return (axiom, new ServerAddress(axiom.BaseUrl.AbsoluteUri, axiom.Options.Dataset, axiom.Options.Token));
        }
        // PSFalcon accepts only such an id and such a secret, and sends tokens as they are.
        var gateway = new GatewayOptions { ClientId = ClientId, ClientSecret = new string('s', 40) };
        var falcon = LogScaleSimulator.Start(new SimulatorOptions
        {
            EventCount = 0,
            Gateway = gateway,
            Falcon = new FalconRestOptions { Records = records, PlainTokens = true },
            Latency = latency,
            RequestLogLimit = 0,
        });
        return (falcon, new ServerAddress(falcon.BaseUrl.GetLeftPart(UriPartial.Authority), gateway.ClientId, gateway.ClientSecret));
    }
}
