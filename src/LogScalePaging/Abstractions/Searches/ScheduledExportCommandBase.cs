using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that exports the records of a time range, once or again and again from a watermark.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ScheduledExportCommandBase : RecordExportCommandBase
{
    /// <summary>The file that keeps how far the last run went.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Watermark { get; set; }

    /// <summary>A run ends this long before now.</summary>
    [Parameter]
    [DurationTransformation(AllowZero = true)]
    public TimeSpan Lag { get; set; } = ScheduleSettings.DefaultLag;

    /// <summary>A run reads this long before its start again, for records that arrived late.</summary>
    [Parameter]
    [DurationTransformation(AllowZero = true)]
    public TimeSpan Lookback { get; set; } = ScheduleSettings.DefaultLookback;

    /// <summary>Longest range of one output.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan MaxStep { get; set; } = ScheduleSettings.DefaultMaxStep;

    /// <summary>Whether this run continues from a watermark.</summary>
    internal bool IsScheduled => Watermark is not null;

    private protected sealed override bool TrySchedule(ServerConnection connection)
    {
        if (Watermark is null)
        {
            if (new[] { nameof(Lag), nameof(Lookback), nameof(MaxStep) }.FirstOrDefault(
                MyInvocation.BoundParameters.ContainsKey) is { } alone)
                throw new ArgumentException($"-{alone} requires -Watermark.");
            return false;
        }
        if (Force)
            throw new ArgumentException("-Force cannot be used with -Watermark: a schedule never replaces a file.");
        if (MyInvocation.BoundParameters.ContainsKey("End"))
            throw new ArgumentException("-End cannot be used with -Watermark: a run ends at now less -Lag.");
        var settings = new ScheduleSettings(FilePath.Resolve(this, Watermark))
        {
            Lag = Lag,
            Lookback = Lookback,
            MaxStep = MaxStep,
            StopAfter = StopAfter,
            UsedBefore = Voice.CommandElapsed,
            RequireComplete = RequireComplete,
            NoOperator = NoOperator,
            TimestampServer = TimestampServer,
        };
        var path = PathTemplate.Parse(Path, OutputPath.Known);
        var search = Request(connection, MaxEvents, resume: true);
        var progress = Voice.Progress("Scheduled export", null);
        var run = new ScheduledExport(connection.Search(SystemName)!, search, path, filled => Output(FilePath.Resolve(this, filled)),
            settings, Signals, progress.Note)
        { Name = NameOfQuery };
        run.EnsurePossible();
        if (ShouldProcess(Path, $"Export the events since the last run of: {search.Title}"))
            this.Run(run, settings, PassThru, result => NamedVariable.Keep(SessionState, SummaryVariable, result, appends: false));
        return true;
    }
}
