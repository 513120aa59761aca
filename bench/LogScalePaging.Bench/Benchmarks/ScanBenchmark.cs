using LogScalePaging.Bench.Clients;
using LogScalePaging.Bench.Processes;
using LogScalePaging.Bench.Reporting;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Bench.Benchmarks;

/// <summary>How often an export scans its range, and how many times as long as one job it takes, where a job takes 2 s.</summary>
internal sealed class ScanBenchmark : IBenchmark
{
    private const int JobMs = 2_000;
    private const int Buffer = 20_000;
    private const int Workers = 32;

    // The script takes a job for each 200 events. A few of them give its rate.
    private const int BaselineEvents = 1_000;

    public string Name => "scans";

    public string About =>
        $"exports by Auto against the published script's loop, jobs of 2 s, up to {Buffer:N0} rows a job, {Workers} jobs at once: scans "
            + $"of the range and time, both as a multiple of one job";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context)
    {
        var measures = new List<Measure>();
        foreach (var (events, scans, jobs) in new[] { (BaselineEvents, 2.0, 2.2), (Buffer * 3 / 4, 2.0, 2.2), (Buffer * 8, 3.1, 4.0) })
        {
            using var scratch = BenchContext.Scratch();
            using var server = await ServerProcess.StartAsync(
                new ServerSettings { Events = events, JobMs = JobMs, PollAfterMs = 200, MaxTail = Buffer }).ConfigureAwait(false);
            var before = await server.StatisticsAsync().ConfigureAwait(false);
            var published = await ClientRole.RunInChildAsync(new ClientSettings
            {
                Kind = "published",
                Server = server.Address,
                Output = scratch.In("published.json"),
                MaxEvents = BaselineEvents,
            }).ConfigureAwait(false);
            var between = await server.StatisticsAsync().ConfigureAwait(false);
            var ours = await EngineClient.ExportAsync(server, events, scratch.In("engine.ndjson"), SearchStrategy.Auto,
                Workers).ConfigureAwait(false);
            var after = await server.StatisticsAsync().ConfigureAwait(false);
            // Each job of the script scans the whole range.
            var share = (double)events / published.Events;
            var theirScans = (between.Scans - before.Scans) * share;
            var theirTime = published.Seconds * share;
            var size = FormattableString.Invariant($"{events:N0} events");
            BenchContext.Tell(FormattableString.Invariant($"{size}: {ours.Jobs} jobs"));
            measures.Add(Measure.Shown($"scans, {size}, and the loop's", after.Scans - between.Scans, theirScans, ""));
            measures.Add(Measure.AtMost($"scans, {size}, in place of one", after.Scans - between.Scans, 1, "", scans));
            measures.Add(Measure.Shown($"time, {size}, and the loop's", ours.Outcome.Seconds, theirTime, "s"));
            measures.Add(Measure.AtMost($"time, {size}, in place of one job", ours.Outcome.Seconds, JobMs / 1000.0, "s", jobs));
        }
        return measures;
    }
}
