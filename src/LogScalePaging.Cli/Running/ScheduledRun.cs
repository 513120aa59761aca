using LogScalePaging.Cli.Options;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Running;

/// <summary>One run of a schedule, and its exit code.</summary>
/// <param name="connection">The connection.</param>
/// <param name="request">The search.</param>
/// <param name="output">The output.</param>
/// <param name="settings">The settings of the schedule.</param>
/// <param name="name">Name of the query; null for none.</param>
internal sealed class ScheduledRun(SearchConnection connection, SearchRequest request, OutputRequest output, ScheduleSettings settings,
    string? name)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="UsageException">The search or the path is not possible with a watermark.</exception>
    public async Task<ScheduledExportResult> RunAsync(SignalLog signals, Action<ExportProgress> progress,
        CancellationToken cancellationToken)
    {
        // A path without placeholders is refused, with its braces as they are.
        var template = output.Template
            ?? PathTemplate.Parse(output.Path.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
                []);
        var run = new ScheduledExport(connection, request, template, path => (output with { Path = path }).ToTarget(), settings, signals,
            progress)
        { Name = name };
        try
        {
            run.EnsurePossible();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Output.ErrorText.WithoutParameter(e), e);
        }
        return await run.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The exit code. A run that leaves a gap is Incomplete, or Unverified: the next run reads it.</summary>
    public static int ExitCodeOf(ScheduledExportResult run, bool requiresComplete) => run switch
    {
        { Interrupted: true } => ExitCode.Interrupted,
        { State: CompletenessState.Incomplete } => ExitCode.Incomplete,
        { State: CompletenessState.Unverified } or { TooLate: > 0 } when requiresComplete => ExitCode.Unverified,
        _ when run.Exports.Any(e => e.TimestampError is not null) => ExitCode.Failed,
        _ => ExitCode.Complete,
    };
}
