using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Slices;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>plan</c>: plans a large export: cuts it into slices that many machines can export.</summary>
internal sealed class PlanCommand(CliHost host)
{
    private const string Examples =
        """
        Cut a month into 64 slices of equal numbers of records. 16 of them run at the same time and share 6,000 requests a minute:
          {0} plan -q '#event_simpleName=ProcessRollup2' -s 30d --slices 64 --requests-per-slice 375 -o case/plan.json

        Then run each slice, anywhere:
          {0} slice --plan case/plan.json --index 0

        As a Slurm array, where each task finds its index:
          sbatch --array=0-63%16 --requeue --wrap '{0} slice --plan case/plan.json'

        And merge them:
          {0} merge --plan case/plan.json -o case/month.ndjson

        Exit codes: 0 the plan is written, 1 failed, 2 wrong usage, or a query that cannot be cut, 130 interrupted.
        """;

    private readonly SearchOptions _search = new();
    private readonly OutputOptions _form = new();
    private readonly ConnectionOptions _connection = new();
    private readonly SystemChoice _system = new();
    private readonly TalkOptions _talk = new();
    private readonly Option<long> _slices = new("--slices")
    {
        HelpName = "N",
        Description = "Number of slices, 1 to 10000. There are fewer if the records have too few different times.",
        CustomParser = ArgumentValues.Number(1, ExportPlan.MostSlices),
        Required = true,
    };
    private readonly Option<long> _requests = new("--requests-per-slice")
    {
        HelpName = "N",
        Description = "Maximum number of requests of a slice in a minute. [default: 6000 divided by the slices]",
        CustomParser = ArgumentValues.Number(1, PlanBudget.ServerLimit),
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "PATH",
        Description = "The file of the plan.",
        Required = true
    };

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("plan", "Plan a large export: cut it into slices that many machines can export. --parallel is the "
            + "number of jobs of each slice.");
        _search.AddPlannedTo(command);
        command.Add(_slices);
        command.Add(_output);
        command.Add(_requests);
        _form.AddFormTo(command);
        _connection.AddTo(command);
        _system.AddTo(command, [.. _search.OnlyLogScale, .. _connection.OnlyLogScale]);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        try
        {
            var output = _form.ReadForm(parsed, parsed.GetRequiredValue(_output));
            var options = Options(parsed, output);
            var system = _system.Of(parsed);
            var request = system is null ? _search.ReadPlanned(parsed, host.Time) : system.Read(parsed, _search);
            if (_connection.IsEmbedded(parsed))
                throw new UsageException(
                    "--embedded: the embedded server ends with this command, so no slice could be exported. Use simulate.");
            ExportPlan.EnsureMaySave(output.Path, output.Force);
            var (connection, secret) = Connect(parsed, system);
            messages.Hide(secret);
            using (connection)
                await PlanAsync(connection, request, options, output, messages).ConfigureAwait(false);
            return ExitCode.Complete;
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            messages.Say("Interrupted before the plan was made.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return CommandLineApp.Fail(messages, e);
        }
    }

    private (SearchConnection Connection, string Secret) Connect(ParseResult parsed, SystemOptions? system)
    {
        if (system is not null)
            return system.Connect(parsed, host, _connection);
        return _connection.Connect(parsed, host, _search.Parallel(parsed));
    }

    private PlanOptions Options(ParseResult parsed, OutputRequest output) => new((int)parsed.GetRequiredValue(_slices))
    {
        Format = output.Format,
        Compress = output.Compress,
        Bom = output.Bom,
        TimestampFormat = output.TimestampFormat,
        NoOperator = output.NoOperator,
        Property = output.Fields,
        ExcludeProperty = output.ExcludeFields,
        JobsPerSlice = _search.ParallelGiven(parsed),
        RequestsPerSlice = parsed.GetResult(_requests) is { Implicit: false } ? (int)parsed.GetValue(_requests) : null,
    };

    private async Task PlanAsync(SearchConnection connection, SearchRequest request, PlanOptions options, OutputRequest output,
        Messages messages)
    {
        messages.CleanWith(connection.Transport.Clean);
        var signals = new SignalLog(host.Time);
        signals.Emitted += messages.Tell;
        var plan = await Planned(new ExportPlanner(connection, request, options, signals), messages).ConfigureAwait(false);
        plan.Save(output.Path, output.Force);
        var (least, most) = (plan.Slices.Min(s => s.Expected), plan.Slices.Max(s => s.Expected));
        messages.Info(
            $"Planned: {Units.Count(plan.Expected, plan.Schema.Noun)} in {Units.Count(plan.Slices.Count, "slice")} of {Units.Count(least)} "
            + $"to {Units.Count(most)}, each with at most {Units.Count(plan.Budget.Jobs, "job")} and "
            + $"{Units.Count(plan.Budget.RequestsPerMinute)} requests a minute.");
        messages.Info($"  {"plan",-12}{output.Path}");
        messages.Info($"  {"range",-12}{plan.Range.StartUtc} to {plan.Range.EndUtc}");
        messages.Info($"  {"next",-12}{CommandLineApp.Name} slice --plan {Running.ResumeHint.Quote(output.Path)} --index 0");
        if (plan.Slices.Count > 1)
            messages.Info($"  {"",-12}and the same for each index up to {Units.Count(plan.Slices.Count - 1)}");
    }

    private async Task<ExportPlan> Planned(ExportPlanner planner, Messages messages)
    {
        try
        {
            messages.Status("Planning ... the server is counting");
            return await planner.PlanAsync(host.Interrupted).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ErrorText.WithoutParameter(e), e);
        }
        finally
        {
            messages.Status("");
        }
    }
}
