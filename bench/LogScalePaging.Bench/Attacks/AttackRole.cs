using LogScalePaging.Bench.Processes;
using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Attacks;

/// <summary>This program as a hostile server. It prints its address, and ends with its parent.</summary>
internal static class AttackRole
{
    /// <summary>Runs the server of an attack.</summary>
    /// <param name="name">The name of the attack.</param>
    public static async Task<int> RunAsync(string name)
    {
        var attack = AttackList.All.Single(a => a.Name == name);
        using var server = LogScaleSimulator.Start(attack.ToOptions());
        attack.Arm(server);
        var gateway = server.Options.Gateway;
        var repository = gateway?.Repositories[0] ?? server.Repository;
        Console.WriteLine(Wire.Write(new ServerAddress(server.BaseUrl.AbsoluteUri, repository, gateway?.ClientSecret ?? server.Token)));
        // Standard input is closed when the parent ends for any reason.
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }
        return 0;
    }
}
