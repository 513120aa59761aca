using System.Diagnostics;
using System.Globalization;
using LogScalePaging.Bench.Processes;

namespace LogScalePaging.Bench.Clients;

/// <summary>This program as a client, in a separate process.</summary>
internal static class ClientRole
{
    /// <summary>Runs in a child process and waits for its end.</summary>
    public static async Task<ClientOutcome> RunInChildAsync(ClientSettings settings) =>
        Wire.Read<ClientOutcome>(await Children.LastLineAsync(Children.StartSelf("client", Wire.Write(settings))).ConfigureAwait(false));

    public static async Task<int> RunAsync(ClientSettings settings)
    {
        if (settings.WarmUp is { } other)
        {
            var first = settings with { Server = other, Output = settings.Output + ".warm.ndjson" };
            await ExportAsync(first).ConfigureAwait(false);
            File.Delete(first.Output);
        }
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var stolen = StolenTime.Now;
        var clock = Stopwatch.StartNew();
        var (events, state) = await ExportAsync(settings).ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        stolen = StolenTime.Now - stolen;
        self.Refresh();
        Console.WriteLine(Wire.Write(new ClientOutcome(events, seconds, (self.TotalProcessorTime - before).TotalSeconds, Peak(self), state)
        {
            Bytes = File.Exists(settings.Output) ? new FileInfo(settings.Output).Length : 0,
            StolenSeconds = stolen,
        }));
        return 0;
    }

    private static Task<(long Events, string State)> ExportAsync(ClientSettings settings) => settings.Kind switch
    {
        "engine" => EngineClient.RunAsync(settings),
        "published" => PublishedLoop.RunAsync(settings),
        "tanium" => ServiceClient.TaniumAsync(settings),
        "axiom" => ServiceClient.AxiomAsync(settings),
        "falcon" => ServiceClient.FalconAsync(settings),
        "axiom-loop" => AxiomLoop.RunAsync(settings),
        "relay-loop" => RelayLoop.RunAsync(settings),
        var kind => throw new BenchException($"There is no client '{kind}'."),
    };

    private static long Peak(Process self)
    {
        if (!File.Exists("/proc/self/status"))
            return self.PeakWorkingSet64;
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
