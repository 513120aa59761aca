using System.Diagnostics;

namespace LogScalePaging.Bench.Processes;

/// <summary>A simulator in a separate process, so that the clients' CPU time and memory are measured alone.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, ServerAddress address)
    {
        _process = process;
        Address = address;
    }

    public ServerAddress Address { get; }

    public static Task<ServerProcess> StartAsync(ServerSettings settings) => StartAsync("serve", Wire.Write(settings));

    /// <summary>Starts this program in a server's role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="options">What the role is told.</param>
    public static async Task<ServerProcess> StartAsync(string role, string options)
    {
        var process = Children.StartSelf(role, options);
        var line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        return new ServerProcess(process, Wire.Read<ServerAddress>(line ?? throw new BenchException("The server did not start.")));
    }

    public async Task<ServerStatistics> StatisticsAsync()
    {
        await _process.StandardInput.WriteLineAsync("statistics").ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        return Wire.Read<ServerStatistics>(
            await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new BenchException("The server is gone."));
    }

    /// <summary>Makes sure that the clients cleaned up.</summary>
    public async Task EnsureNoJobsAsync()
    {
        var statistics = await StatisticsAsync().ConfigureAwait(false);
        if (statistics.JobsAlive > 0)
            throw new BenchException($"{statistics.JobsAlive} query jobs were left on the server.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }
}
