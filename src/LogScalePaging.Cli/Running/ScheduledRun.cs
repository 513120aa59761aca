using LogScalePaging.Cli.Options;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Search;

namespace LogScalePaging.Cli.Running;

/// <summary>One run of a schedule, and its exit code.</summary>
internal sealed class ScheduledRun(SearchConnection connection, SearchRequest request, OutputRequest output, ScheduleSettings settings)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="UsageException">The search or the path is not possible with a watermark.</exception>
    public async Task<ScheduledExportResult> RunAsync(SignalLog signals, Action<ExportProgress> progress, CancellationToken cancellationToken)
    {
        var run = new ScheduledExport(connection, request, ScheduleOptions.PathOf(output), path => (output with { Path = path }).ToTarget(), settings, signals, progress);
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

    /// <summary>The exit code. A step that was not published is Incomplete: the next run reads it again.</summary>
    public static int ExitCodeOf(ScheduledExportResult run, bool requiresComplete) => run switch
    {
        { Interrupted: true } => ExitCode.Interrupted,
        { State: CompletenessState.Incomplete } => ExitCode.Incomplete,
        { HasGap: true } or { State: CompletenessState.Unverified } or { TooLate: > 0 } when requiresComplete => ExitCode.Unverified,
        _ => ExitCode.Complete,
    };
}
