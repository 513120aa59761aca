using System.Diagnostics;
using System.Globalization;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Falcon;
using LogScalePaging.LogScale;

namespace LogScalePaging.Bench.Attacks;

/// <summary>The command line as a child process, and the peak of its memory.</summary>
/// <param name="PeakBytes">Peak of its resident memory, as the kernel counts it.</param>
/// <param name="ExitCode">Its exit code; null when it did not end within the limit.</param>
/// <param name="Seconds">How long it ran.</param>
/// <param name="LastLine">The last line that it wrote to standard error.</param>
internal sealed record MeasuredExport(long PeakBytes, int? ExitCode, double Seconds, string LastLine)
{
    /// <summary>The kernel keeps the peak, so only what grows within the last interval of a process is missed.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Exports everything that a server has.</summary>
    /// <param name="attack">The attack, which says what is asked.</param>
    /// <param name="server">Its server.</param>
    /// <param name="output">Where the events go.</param>
    /// <param name="limit">When the process is ended.</param>
    public static async Task<MeasuredExport> RunAsync(Attack attack, ServerAddress server, string output, TimeSpan limit)
    {
        using var process = Children.Start(StartInfo(attack, server, output));
        var clock = Stopwatch.StartNew();
        var said = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.HasExited && clock.Elapsed < limit)
        {
            peak = Math.Max(peak, PeakOf(process));
            await Task.Delay(s_interval, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }
        var ended = process.HasExited;
        if (!ended)
            process.Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        await printed.ConfigureAwait(false);
        var lines = (await said.ConfigureAwait(false)).Trim().Split('\n');
        return new MeasuredExport(peak, ended ? process.ExitCode : null, clock.Elapsed.TotalSeconds, lines[^1]);
    }

    private static ProcessStartInfo StartInfo(Attack attack, ServerAddress server, string output)
    {
        var cli = Path.Combine(AppContext.BaseDirectory, "logscale-paging.dll");
        var system = attack.IsGateway ? new[] { "--ngsiem" } : [];
        string[] export = ["export", "-q", attack.Query, "-s", "1d", "-o", output];
        var start = new ProcessStartInfo("dotnet", [cli, .. export, .. attack.Arguments, .. system])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string, string)[] settings = attack.IsGateway
            ?
            [
                (FalconConnectionSettings.BaseUrlVariable, server.BaseUrl),
                (FalconConnectionSettings.ClientIdVariable, "simulator-client"),
                (FalconConnectionSettings.ClientSecretVariable, server.Token),
            ]
            :
            [
                (ConnectionSettings.BaseUrlVariable, server.BaseUrl),
                (ConnectionSettings.RepositoryVariable, server.Repository),
                (ConnectionSettings.TokenVariable, server.Token),
            ];
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    private static long PeakOf(Process process)
    {
        var status = $"/proc/{process.Id}/status";
        try
        {
            // The line is missing while the process ends.
            var lines = File.Exists(status) ? File.ReadAllLines(status) : [];
            var line = Array.Find(lines, l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (line is not null)
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
            process.Refresh();
            return File.Exists("/proc/self/status") ? 0 : process.PeakWorkingSet64;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
