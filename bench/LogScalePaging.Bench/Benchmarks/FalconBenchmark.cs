using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>An export of Falcon's hosts with their details and its proof, against PSFalcon.</summary>
internal sealed class FalconBenchmark : IBenchmark
{
    public string Name => "falcon";

    public string About =>
        "export of 10,000 hosts of Falcon with details against Get-FalconHost -All -Detailed of PSFalcon (latency 50 ms)";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var module = context.PsFalcon ?? throw new SkippedException("Without --psfalcon PATH there is nothing to compare with.");
        var hosts = context.Scaled(10_000);
        using var scratch = BenchContext.Scratch();
        using var server = await ServiceRole.StartAsync(ServiceRole.Falcon, hosts, latency: 50).ConfigureAwait(false);
        using var warmUp = await ServiceRole.StartAsync(ServiceRole.Falcon, 300, latency: 0).ConfigureAwait(false);
        var theirs = Wire.Read<ClientOutcome>(await Children.LastLineAsync(PowerShellProcess.Start(
            "-File", PowerShellProcess.Script("psfalcon.ps1"), "-Module", module, "-BaseUrl", server.Address.BaseUrl,
            "-WarmUpUrl", warmUp.Address.BaseUrl, "-ClientId", server.Address.Repository, "-ClientSecret", server.Address.Token,
            "-Output", scratch.In("psfalcon.ndjson"))).ConfigureAwait(false));
        var ours = await ClientRole.RunInChildAsync(new ClientSettings
        {
            Kind = "falcon",
            Server = server.Address,
            WarmUp = warmUp.Address,
            Output = scratch.In("engine.ndjson"),
        }).ConfigureAwait(false);
        foreach (var (who, outcome) in new[] { ("PSFalcon", theirs), ("engine", ours) })
            BenchContext.Tell(FormattableString.Invariant($"{who}: {outcome.Events:N0} hosts in {outcome.Seconds:N2} s {outcome.State}"));
        return ours.Events == hosts && theirs.Events == hosts && ours.State == "Complete"
            ? [Measure.AtLeast("hosts", ours.Rate, theirs.Rate, "/s", 2)]
            : throw new BenchException($"The engine brought {ours.Events} and PSFalcon {theirs.Events} of {hosts} hosts, {ours.State}.");
    }
}
