using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>The module against a loop written by hand in PowerShell, both onto the pipeline, both without a pause between pages.</summary>
internal sealed class PipelineBenchmark : IBenchmark
{
    private const int PageSize = 200;

    public string Name => "pipeline";

    public string About =>
        "Invoke-QueryJob against a hand-written Invoke-RestMethod loop, 200 a page, each in a fresh PowerShell: 100,000 and 20,000 events from a server that answers at once, 20,000 from one as for 'around'; medians of 5 in turn for 100,000";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var events = context.Scaled(20_000);
        return
        [
            // What a session pays once, above all for compiling, is a fifth of this and nearly all of the next.
            .. await CompareAsync("100,000 events at once", new ServerSettings { Events = 5 * events }, sameWalk: 3.5,
                asItComes: 3, rounds: 5).ConfigureAwait(false),
            .. await CompareAsync("20,000 events at once", new ServerSettings { Events = events }, sameWalk: null,
                asItComes: null).ConfigureAwait(false),
            // Most of the time is the server's here, and both wait for it.
            .. await CompareAsync("20,000 from far off",
                new ServerSettings { Events = events, LatencyMs = 50, JobMs = 100, PollAfterMs = 200 }, sameWalk: null,
                asItComes: 3).ConfigureAwait(false),
        ];
    }

    private static async Task<IReadOnlyList<Measure>> CompareAsync(string what, ServerSettings settings, double? sameWalk,
        double? asItComes, int rounds = 1)
    {
        using var server = await ServerProcess.StartAsync(settings).ConfigureAwait(false);
        List<double> loop = [], same = [], auto = [];
        // In turn, so that a slow moment of the machine does not meet only one of them.
        for (var round = 0; round < rounds; round++)
        {
            loop.Add(await RunAsync("loop.ps1", server.Address, settings.Events).ConfigureAwait(false));
            same.Add(await RunAsync("module.ps1", server.Address, settings.Events, "-Module", PowerShellProcess.Module, "-Strategy",
                "Around").ConfigureAwait(false));
            auto.Add(await RunAsync("module.ps1", server.Address, settings.Events, "-Module", PowerShellProcess.Module, "-Strategy",
                "Auto").ConfigureAwait(false));
        }
        await server.EnsureNoJobsAsync().ConfigureAwait(false);
        return [Of("the same walk", same, sameWalk), Of("as it comes", auto, asItComes)];

        Measure Of(string how, List<double> ours, double? floor) => floor is { } least
            ? Measure.AtLeast($"{how}, {what}", Median(ours), Median(loop), "/s", least)
            : Measure.Shown($"{how}, {what}", Median(ours), Median(loop), "/s");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    // Events a second.
    private static async Task<double> RunAsync(string script, ServerAddress server, int events, params string[] more)
    {
        string[] arguments =
        [
            "-File", PowerShellProcess.Script(script), .. more,
            "-BaseUrl", server.BaseUrl, "-Repository", server.Repository, "-Token", server.Token,
            "-PageSize", PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        var outcome = Wire.Read<ClientOutcome>(await Children.LastLineAsync(PowerShellProcess.Start(arguments)).ConfigureAwait(false));
        BenchContext.Tell(FormattableString.Invariant(
            $"{script}: {outcome.Events:N0} events in {outcome.Seconds:N1} s, {outcome.CpuSeconds:N1} s of CPU"));
        return outcome.Events == events ? outcome.Rate : throw new BenchException($"{script} brought {outcome.Events} of {events} events.");
    }
}
