using LogScalePaging.Bench.Processes;
using LogScalePaging.Simulator;

namespace LogScalePaging.Bench.Attacks;

/// <summary>This program as a hostile server: says where it listens, and ends with its parent.</summary>
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
        // Standard input closes when the parent ends, however it ends.
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
        }
        return 0;
    }
}
