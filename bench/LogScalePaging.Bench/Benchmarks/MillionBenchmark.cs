using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>
/// A million events from a server that answers at once: the time of an export, compared with only fetching the same bytes.
/// </summary>
internal sealed class MillionBenchmark : IBenchmark
{
    private const double Megabyte = 1_000_000;
    private const int Runs = 5;
    private const int Workers = 8;
    private const int Buffer = 20_000;
    private const int MostTries = 8;
    private const double MostStolen = 0.03;

    // Jobs beside those of the windows: two counts, the probe of the buffer, the histogram and what refines it.
    private const int OtherJobs = 10;

    public string Name => "million";

    public string About =>
        $"export of 1,000,000 events by stream and by windows of {Buffer:N0} rows against curl fetching the same bytes from /query into a "
            + $"file, medians of {Runs} in turn; the exports in processes that have exported before; what the host of a virtual machine "
            + $"disturbed is run again";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        CurlClient.EnsurePresent();
        var events = context.Scaled(1_000_000);
        var few = events / 10;
        List<WholeExport> streams = [], windows = [], fewStreams = [], fewWindows = [];
        List<ClientOutcome> curls = [];
        using var server = await ServerProcess.StartAsync(new ServerSettings { Events = events, MaxTail = Buffer }).ConfigureAwait(false);
        using var small = await ServerProcess.StartAsync(new ServerSettings { Events = few, MaxTail = Buffer }).ConfigureAwait(false);
        for (var run = 0; run < Runs; run++)
        {
            curls.Add(await UndisturbedAsync(context, () => CurlAsync(server), c => c).ConfigureAwait(false));
            streams.Add(
                await UndisturbedAsync(context, () => ExportAsync(server, events, SearchStrategy.Stream, warmUp: small),
                    e => e.Outcome).ConfigureAwait(false));
            fewStreams.Add(await ExportAsync(small, few, SearchStrategy.Stream, warmUp: small).ConfigureAwait(false));
            windows.Add(await ExportAsync(server, events, SearchStrategy.Window, warmUp: small).ConfigureAwait(false));
            fewWindows.Add(await ExportAsync(small, few, SearchStrategy.Window, warmUp: small).ConfigureAwait(false));
        }

        var curl = Median(curls, c => c.Seconds);
        var million = events / 1e6;
        return
        [
            Measure.Noted("size of an event", (double)curls[0].Bytes / events, "bytes"),
            Measure.Above("rate of the server, by curl", curls[0].Bytes / Megabyte / curls.Min(c => c.Seconds), "MB/s", 300),
            Measure.AtMost("time, by stream", Median(streams, e => e.Outcome.Seconds), curl, "s", 1.5),
            Measure.Shown("time, by windows", Median(windows, e => e.Outcome.Seconds), curl, "s"),
            Measure.Below("processor time a million, by stream", Median(streams, e => e.Outcome.CpuSeconds) / million, "s", 2.5),
            Measure.Noted("processor time a million, by windows", Median(windows, e => e.Outcome.CpuSeconds) / million, "s"),
            Measure.Noted("processor time of curl", Median(curls, c => c.CpuSeconds) / million, "s"),
            Measure.Below("peak memory, by windows", windows.Max(e => e.Outcome.PeakBytes) / Megabyte, "MB", 150),
            Measure.AtMost("time of 10 times the events, by stream", Median(streams, e => e.Outcome.Seconds),
                Median(fewStreams, e => e.Outcome.Seconds), "s", 11),
            Measure.AtMost("time of 10 times the events, by windows", Median(windows, e => e.Outcome.Seconds),
                Median(fewWindows, e => e.Outcome.Seconds), "s", 11),
            Measure.Below("jobs, by windows", windows[0].Jobs, "", (1.3 * events / Buffer) + OtherJobs),
        ];
    }

    private static async Task<WholeExport> ExportAsync(ServerProcess server, int events, SearchStrategy strategy, ServerProcess warmUp)
    {
        using var scratch = BenchContext.Scratch();
        await BenchContext.RestAsync().ConfigureAwait(false);
        return await EngineClient.ExportAsync(server, events, scratch.In("export.ndjson"), strategy, Workers, warmUp).ConfigureAwait(false);
    }

    private static async Task<ClientOutcome> CurlAsync(ServerProcess server)
    {
        using var scratch = BenchContext.Scratch();
        await BenchContext.RestAsync().ConfigureAwait(false);
        return await CurlClient.RunAsync(server.Address, scratch.In("curl.ndjson")).ConfigureAwait(false);
    }

    // A run of one second cannot be compared if the host of the virtual machine took a part of the processor. Such a run is repeated a few
    // times, and the run in which the host took least is used.
    private static async Task<T> UndisturbedAsync<T>(BenchContext context, Func<Task<T>> run, Func<T, ClientOutcome> outcome)
    {
        var tries = new List<T>();
        while (true)
        {
            tries.Add(await run().ConfigureAwait(false));
            if (context.Quick || Stolen(tries[^1]) <= MostStolen || tries.Count == MostTries)
                return tries.MinBy(Stolen)!;
            BenchContext.Tell(FormattableString.Invariant(
                $"the host of this machine took {outcome(tries[^1]).StolenSeconds:N2} s of processor time from that run: once more"));
        }

        double Stolen(T result) => outcome(result).StolenSeconds / outcome(result).Seconds;
    }

    private static double Median<T>(IEnumerable<T> runs, Func<T, double> number) => runs.Select(number).Order().ElementAt(Runs / 2);
}
