using System.CommandLine;
using LogScalePaging.Cli.Options;
using LogScalePaging.Cli.Output;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Slices;
using LogScalePaging.Paging.Verdicts;

namespace LogScalePaging.Cli.Commands;

/// <summary><c>merge</c>: checks the slices of a plan, counts the range again, and makes one manifest or one file.</summary>
internal sealed class MergeCommand(CliHost host)
{
    private const string Examples =
        """
        One manifest over the files of the slices, without a copy:
          {0} merge --plan case/plan.json

        One file:
          {0} merge --plan case/plan.json -o case/month.ndjson

        Exit codes: 0 complete (or unverified), 3 incomplete, 4 unverified where --require-complete is given, 65 the plan or a slice
        does not fit, 1 failed (also if only the timestamp failed), 2 wrong usage, 130 interrupted.
        """;

    private readonly PlanOption _plan = new();
    private readonly TalkOptions _talk = new();
    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "PATH",
        Description = "One file for all records. The extension .gz compresses it. [default: a manifest over the files of the slices]",
    };
    private readonly Option<bool> _noVerify = new("--no-verify")
    {
        Description = "Skip the count of the whole range. The state is then Unverified.",
    };
    private readonly Option<bool> _requireComplete = new("--require-complete")
    {
        Description = "Exit with code 4 if the result is Unverified.",
    };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace an existing output." };

    /// <summary>The command.</summary>
    public Command Create()
    {
        var command = new Command("merge", "Merge the finished slices of a plan, and prove the whole with one more count.");
        _plan.AddTo(command);
        foreach (var option in new Option[] { _output, _force, _noVerify, _requireComplete })
            command.Add(option);
        _talk.AddTo(command);
        return CommandLineApp.WithExamples(host, command, Examples, (parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var messages = _talk.Messages(parsed, host);
        try
        {
            if (parsed.GetValue(_noVerify) && parsed.GetValue(_requireComplete))
                throw new UsageException("--require-complete requires the server's count. Remove --no-verify.");
            return await MergeAsync(parsed, messages).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            messages.Say("Interrupted before the slices were merged.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            return CommandLineApp.Fail(messages,
                e is ArgumentException argument ? new UsageException(ErrorText.WithoutParameter(argument), e) : e);
        }
    }

    private async Task<int> MergeAsync(ParseResult parsed, Messages messages)
    {
        var started = host.Time.GetTimestamp();
        var signals = new SignalLog(host.Time);
        signals.Emitted += messages.Tell;
        var options = new MergeOptions
        {
            Folder = _plan.Folder(parsed),
            Force = parsed.GetValue(_force),
            NoOperator = _plan.NoOperator(parsed),
            TimestampServer = _plan.TimestampServer(parsed),
        };
        var merge = MergeRun.Load(_plan.Path(parsed), options, signals, host.Time);
        using var connection = parsed.GetValue(_noVerify) ? null : _plan.Connect(parsed, host, merge.Plan, messages);
        using var progress = new VerifyProgress(messages, host.Time);
        var result = await merge.RunAsync(connection, parsed.GetValue(_output), progress, host.Interrupted).ConfigureAwait(false);
        progress.Dispose();
        new SummaryPrinter(messages, host.Time.LocalTimeZone).Print(RunSummary.Of(result, signals) with
        {
            Fetched = result.Manifest.Counts.Written,
            Elapsed = host.Time.GetElapsedTime(started),
            NoProofWanted = connection is null,
        });
        TimestampNote.Say(messages, result.TimestampError, result.ManifestPath);
        return result switch
        {
            { Completeness.State: CompletenessState.Incomplete } => ExitCode.Incomplete,
            { Completeness.State: CompletenessState.Unverified } when parsed.GetValue(_requireComplete) => ExitCode.Unverified,
            { TimestampError: OperationCanceledException } => ExitCode.Interrupted,
            { TimestampError: not null } => ExitCode.Failed,
            _ => ExitCode.Complete,
        };
    }
}
