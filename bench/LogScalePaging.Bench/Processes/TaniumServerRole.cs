using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Processes;

/// <summary>This program as Tanium's API Gateway: says where it stands, and ends with its parent.</summary>
internal static class TaniumServerRole
{
    /// <summary>The word that starts it.</summary>
    public const string Name = "serve-tanium";

    public static async Task<int> RunAsync(ServerSettings settings)
    {
        using var server = TaniumSimulator.Create(new TaniumSimulatorOptions
        {
            Records = settings.Events,
            Latency = TimeSpan.FromMilliseconds(settings.LatencyMs),
            RequestLogLimit = 0,
        });
        Console.WriteLine(Wire.Write(new ServerAddress(server.BaseUrl.AbsoluteUri, "endpoints", server.Options.Token)));
        // Standard input closes when the parent ends, however it ends.
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }
        return 0;
    }
}
