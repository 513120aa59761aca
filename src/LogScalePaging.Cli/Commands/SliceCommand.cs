using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Cli.Running;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Slices;
using LogScalePaging.Export.Store;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>slice</c>: exports one slice of a plan, or continues it.</summary>
internal sealed class SliceCommand(CliHost host)
{
    private const string Examples =
        """
        Export the first slice, or continue it:
          {0} slice --plan case/plan.json --index 0

        As a task of a Slurm array, or a pod of a Kubernetes Indexed Job, which name the index:
          {0} slice --plan case/plan.json

        On a platform that ends each job after 3 hours, with a job for each part of the slice:
          {0} slice --plan case/plan.json --index 0 --stop-after 2h45m

        Exit codes: 0 done, 75 try again (another run has the slice, --stop-after ended this one, or a server cannot be reached or is
        busy), 65 the plan or a file does not fit, 3 incomplete, 1 failed, 2 wrong usage, 130 interrupted. After 75 and 130, the next run
        continues.
        """;

    private readonly PlanOption _plan = new();
    private readonly TalkOptions _talk = new();
    private readonly Option<long> _index = new("--index")
    {
        HelpName = "I",
        Description = $"Index of the slice, from 0. Default: {SliceIndex.SlurmVariable} or {SliceIndex.KubernetesVariable}.",
        CustomParser = ArgumentValues.Number(0, ExportPlan.MostSlices - 1),
    };

    private readonly Option<TimeSpan?> _stopAfter = new("--stop-after")
    {
        HelpName = "TIME",
        Description = "End the run cleanly after this time, for example 2h45m or 2:45:00. What was read is saved, the exit code is 75, "
            + "and the next run of the slice goes on.",
        CustomParser = ArgumentValues.StopAfter,
    };

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("slice", "Export one slice of a plan, or continue it. A slice that is finished and valid ends at once.");
        _plan.AddTo(command);
        command.Add(_index);
        command.Add(_stopAfter);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var started = host.Time.GetTimestamp();
        var messages = _talk.Messages(parsed, host);
        SliceRun? slice = null;
        try
        {
            slice = Load(parsed);
            var timestampServer = _plan.TimestampServer(parsed);
            using var connection = _plan.Connect(parsed, host, slice.Plan, messages);
            return await RunAsync(slice, connection, messages, request => request with
            {
                NoOperator = request.NoOperator || _plan.NoOperator(parsed),
                TimestampServer = timestampServer,
                StopAfter = parsed.GetValue(_stopAfter),
                // The sign-in may have waited for the server.
                UsedBefore = host.Time.GetElapsedTime(started),
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            messages.Say("Interrupted before any record was received. No files were left.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            var code = CommandLineApp.Fail(messages, slice?.Explain(e) ?? e);
            return TryAgain.May(e) ? ExitCode.TryAgain : code;
        }
    }

    private SliceRun Load(ParseResult parsed)
    {
        try
        {
            var index = parsed.GetResult(_index) is { Implicit: false } ? (int)parsed.GetValue(_index) : (int?)null;
            return SliceRun.Load(_plan.Path(parsed), index, _plan.Folder(parsed), host.Environment);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.WithoutParameter(e), e);
        }
    }

    private async Task<int> RunAsync(SliceRun slice, SearchConnection connection, Messages messages,
        Func<ExportRequest, ExportRequest> complete)
    {
        var signals = new SignalLog(host.Time);
        signals.Emitted += messages.Tell;
        var request = complete(await slice.RequestAsync(connection, signals, host.Interrupted).ConfigureAwait(false));
        host.BeforeEnd(() => EmptyExport.Remove(request.Target.Path));
        using var farewell = host.Interrupted.Register(() =>
            messages.Info("Stopping: the query jobs are being deleted. Press Ctrl+C again to end at once."));
        messages.Info($"Exporting {slice.Title}.");
        using var limit = slice.Limit(connection);
        RunSummary run;
        using (var progress = new ProgressLine(host, messages, limit: null, ProgressLine.StyleFor(host, messages.Quiet, false)))
            run = await new FileExport(connection, request, signals, progress.Report).RunAsync(host.Interrupted).ConfigureAwait(false);
        new SummaryPrinter(messages, host.Time.LocalTimeZone).Print(run);
        if (run is { Error: { } error, Interrupted: false })
            messages.Error(ErrorText.Of(error));
        TimestampNote.Say(messages, run.TimestampError, run.ManifestPath);
        return CodeOf(run);
    }

    private static int CodeOf(RunSummary run) => run switch
    {
        { Interrupted: true } => ExitCode.Interrupted,
        { Error: { } error } when TryAgain.May(error) => ExitCode.TryAgain,
        { IsStopped: true } => ExitCode.TryAgain,
        { Verdict.State: CompletenessState.Incomplete } => ExitCode.Incomplete,
        { TimestampError: OperationCanceledException } => ExitCode.Interrupted,
        // The next run finds the finished slice, and only requests the timestamp.
        { TimestampError: { } error } when TryAgain.May(error) => ExitCode.TryAgain,
        { TimestampError: not null } => ExitCode.Failed,
        _ => ExitCode.Complete,
    };
}
