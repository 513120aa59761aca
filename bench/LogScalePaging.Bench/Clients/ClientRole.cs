using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using LogScalePaging.Bench.Processes;

namespace LogScalePaging.Bench.Clients;

/// <summary>This program as a client, in a process of its own.</summary>
internal static class ClientRole
{
    /// <summary>Runs in a child process and waits for its end.</summary>
    public static async Task<ClientOutcome> RunInChildAsync(ClientSettings settings) =>
        Wire.Read<ClientOutcome>(await Children.LastLineAsync(Children.StartSelf("client", Wire.Write(settings))).ConfigureAwait(false));

    public static async Task<int> RunAsync(ClientSettings settings)
    {
        // Twice: it counts the calls of a method from the second time on, and compiles it again for the thirtieth.
        for (var round = 1; settings.WarmUp > 0 && round <= 2; round++)
        {
            await EngineClient.RunAsync(settings with { MaxEvents = settings.WarmUp, Output = $"{settings.Output}.warm{round}.ndjson" }).ConfigureAwait(false);
            await CompiledAsync().ConfigureAwait(false);
        }
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var (events, state) = settings.Kind switch
        {
            "engine" => await EngineClient.RunAsync(settings).ConfigureAwait(false),
            "published" => await PublishedLoop.RunAsync(settings).ConfigureAwait(false),
            var kind => throw new BenchException($"There is no client '{kind}'."),
        };
        var seconds = clock.Elapsed.TotalSeconds;
        self.Refresh();
        Console.WriteLine(Wire.Write(new ClientOutcome(events, seconds, (self.TotalProcessorTime - before).TotalSeconds, Peak(self), state) { Bytes = File.Exists(settings.Output) ? new FileInfo(settings.Output).Length : 0 }));
        return 0;
    }

    // The runtime does so in the background.
    private static async Task CompiledAsync()
    {
        for (var (before, now) = (-1L, JitInfo.GetCompiledMethodCount()); before != now; (before, now) = (now, JitInfo.GetCompiledMethodCount()))
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
    }

    private static long Peak(Process self)
    {
        if (!File.Exists("/proc/self/status"))
            return self.PeakWorkingSet64;
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
