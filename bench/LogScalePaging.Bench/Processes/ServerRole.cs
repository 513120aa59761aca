using System.Diagnostics;
using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Processes;

/// <summary>This program as a server. It prints its address, answers questions about its requests, and ends with its parent.</summary>
internal static class ServerRole
{
    public static async Task<int> RunAsync(ServerSettings settings)
    {
        using var server = LogScaleSimulator.Start(settings.ToOptions());
        Console.WriteLine(Wire.Write(new ServerAddress(server.BaseUrl.AbsoluteUri, server.Repository, server.Token)));
        // Standard input is closed when the parent ends for any reason.
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(
                Wire.Write(new ServerStatistics(server.RequestCount, server.Jobs.Count, server.LiveJobCount, server.PeakJobCount,
                    self.TotalProcessorTime.TotalSeconds)
                {
                    Scans = server.Jobs.Sum(j => j.EndMs - j.StartMs) / TimeSpan.FromDays(1).TotalMilliseconds,
                }));
        }
        return 0;
    }
}
