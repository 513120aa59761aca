using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>The module against a loop written by hand in PowerShell, both onto the pipeline, both without a pause between pages.</summary>
internal sealed class PipelineBenchmark : IBenchmark
{
    private const int PageSize = 200;

    public string Name => "pipeline";

    public string About => "Invoke-QueryJob against a hand-written Invoke-RestMethod loop, 20,000 events, 200 a page, from a server that answers at once and from one as for 'around'";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        PowerShellProcess.EnsurePresent();
        var events = context.Scaled(20_000);
        return
        [
            await CompareAsync("events a second, server at once", new ServerSettings { Events = events }).ConfigureAwait(false),
            await CompareAsync("events a second, server far off", new ServerSettings { Events = events, LatencyMs = 50, JobMs = 100, PollAfterMs = 200 }).ConfigureAwait(false),
        ];
    }

    private static async Task<Measure> CompareAsync(string what, ServerSettings settings)
    {
        using var server = await ServerProcess.StartAsync(settings).ConfigureAwait(false);
        var loop = await RunAsync("loop.ps1", server.Address, settings.Events).ConfigureAwait(false);
        var module = await RunAsync("module.ps1", server.Address, settings.Events, "-Module", PowerShellProcess.Module).ConfigureAwait(false);
        await server.EnsureNoJobsAsync().ConfigureAwait(false);
        return Measure.AtLeast(what, module.Rate, loop.Rate, "/s", 3);
    }

    private static async Task<ClientOutcome> RunAsync(string script, ServerAddress server, int events, params string[] more)
    {
        string[] arguments =
        [
            "-File", PowerShellProcess.Script(script), .. more,
            "-BaseUrl", server.BaseUrl, "-Repository", server.Repository, "-Token", server.Token,
            "-PageSize", PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        var outcome = Wire.Read<ClientOutcome>(await Children.LastLineAsync(PowerShellProcess.Start(arguments)).ConfigureAwait(false));
        BenchContext.Tell(FormattableString.Invariant($"{script}: {outcome.Events:N0} events in {outcome.Seconds:N1} s, {outcome.CpuSeconds:N1} s of CPU"));
        return outcome.Events == events ? outcome : throw new BenchException($"{script} brought {outcome.Events} of {events} events.");
    }
}
