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
            .. await CompareAsync("server at once", new ServerSettings { Events = events }, floor: 3).ConfigureAwait(false),
            // Most of the time is the server's here, and both wait for it.
            .. await CompareAsync("server far off", new ServerSettings { Events = events, LatencyMs = 50, JobMs = 100, PollAfterMs = 200 }, floor: null).ConfigureAwait(false),
        ];
    }

    private static async Task<IReadOnlyList<Measure>> CompareAsync(string what, ServerSettings settings, double? floor)
    {
        using var server = await ServerProcess.StartAsync(settings).ConfigureAwait(false);
        var loop = await RunAsync("loop.ps1", server.Address, settings.Events).ConfigureAwait(false);
        var same = await RunAsync("module.ps1", server.Address, settings.Events, "-Module", PowerShellProcess.Module, "-Strategy", "Around").ConfigureAwait(false);
        var auto = await RunAsync("module.ps1", server.Address, settings.Events, "-Module", PowerShellProcess.Module, "-Strategy", "Auto").ConfigureAwait(false);
        await server.EnsureNoJobsAsync().ConfigureAwait(false);
        return
        [
            floor is { } least
                ? Measure.AtLeast($"the same walk, {what}", same.Rate, loop.Rate, "/s", least)
                : Measure.Shown($"the same walk, {what}", same.Rate, loop.Rate, "/s"),
            Measure.AtLeast($"as it comes, {what}", auto.Rate, loop.Rate, "/s", 3),
        ];
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
