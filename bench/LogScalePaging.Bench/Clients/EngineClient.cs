using LogScalePaging.Bench.Processes;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Target;
using LogScalePaging.LogScale;
using LogScalePaging.LogScale.Queries;

namespace LogScalePaging.Bench.Clients;

/// <summary>The engine's export as command line and cmdlets run it: walk, proof, file, manifest.</summary>
internal static class EngineClient
{
    /// <summary>
    /// Exports everything that a server has, in a separate process, and makes sure that it is whole and that nothing is left on the
    /// server.
    /// </summary>
    public static async Task<WholeExport> ExportAsync(ServerProcess server, int events, string output, SearchStrategy strategy,
        int parallel, ServerProcess? warmUp = null)
    {
        var before = await server.StatisticsAsync().ConfigureAwait(false);
        var outcome = await ClientRole.RunInChildAsync(new ClientSettings
        {
            Kind = "engine",
            Server = server.Address,
            Output = output,
            Strategy = strategy,
            Parallel = parallel,
            WarmUp = warmUp?.Address,
        }).ConfigureAwait(false);
        BenchContext.Tell(
            FormattableString.Invariant(
                $"{strategy}: {outcome.Events:N0} events in {outcome.Seconds:N1} s, {outcome.CpuSeconds:N1} s of CPU, peak {outcome.PeakBytes / 1e6:N0} MB, {outcome.State}"));
        // The next run must not wait for this one's bytes on their way to the disk.
        File.Delete(output);
        if (outcome.Events != events || outcome.State != "Complete")
            throw new BenchException($"The engine brought {outcome.Events} of {events} events, {outcome.State}.");
        await server.EnsureNoJobsAsync().ConfigureAwait(false);
        return new WholeExport(outcome, (await server.StatisticsAsync().ConfigureAwait(false)).JobsCreated - before.JobsCreated);
    }

    public static async Task<(long Events, string State)> RunAsync(ClientSettings settings)
    {
        using var connection = new ConnectionSettings
        {
            BaseUrl = settings.Server.BaseUrl,
            Repository = settings.Server.Repository,
            Token = ConnectionSettings.Secret(settings.Server.Token),
        }.Connect(_ => null);
        var format = ExportFormats.FromPath(settings.Output, out var compress);
        var search = new SearchSpec(settings.Query)
        {
            Start = QueryTime.Parse("1d"),
            PageSize = settings.PageSize,
            MaxEvents = settings.MaxEvents,
            Strategy = settings.Strategy,
            Parallel = settings.Parallel,
        };
        var request = new ExportRequest(search, new ExportTarget { Path = settings.Output, Format = format, Compress = compress });
        var result = await new ExportRun(connection, request, new SignalLog()).RunAsync(CancellationToken.None).ConfigureAwait(false);
        return (result.Completeness.Received, result.Completeness.State.ToString());
    }
}

/// <summary>An export that was whole.</summary>
/// <param name="Outcome">What it took.</param>
/// <param name="Jobs">Query jobs that the server made for it.</param>
internal sealed record WholeExport(ClientOutcome Outcome, int Jobs);
