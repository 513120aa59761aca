using System.ComponentModel;
using System.Management.Automation;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;
using LogScalePaging.Search;
using LogScalePaging.Tenants;

namespace LogScalePaging.Commands;

/// <summary>A cmdlet that exports the records of a time range, once or again and again from a watermark.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ScheduledExportCommandBase : RecordExportCommandBase
{
    private readonly object _gate = new();
    private readonly HashSet<string> _watermarks = new(StringComparer.Ordinal);

    /// <summary>The file that keeps how far the last run went. With child tenants, one for each, by the placeholder {cid}.</summary>
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
        if (!EnsureSchedulable())
            return false;
        var server = connection.Search(SystemName)!;
        var settings = Settings(FilePath.Resolve(this, OutputPath.FillWatermark(Watermark!, server.Tenant)));
        var search = Request(connection, MaxEvents, resume: true);
        var progress = Voice.Progress("Scheduled export", null);
        var run = new ScheduledExport(server, search, Template, Outputs(), settings, Signals, progress.Note)
        {
            Name = NameOfQuery,
        };
        run.EnsurePossible();
        if (ShouldProcess(Path, $"Export the events since the last run of: {search.Title}"))
            this.Run(run, settings, PassThru, result => NamedVariable.Keep(SessionState, SummaryVariable, result, appends: false));
        return true;
    }

    private protected sealed override PathTemplate? WatermarkOfTenants() =>
        EnsureSchedulable() ? OutputPath.ParseWatermark(Watermark!) : null;

    private protected sealed override TenantSchedule? PrepareSchedule(
        ServerConnection connection, SearchConnection server, string cid, Func<SearchConnection> connect, string watermark)
    {
        var search = Request(connection, MaxEvents, resume: true);
        var settings = Settings(FilePath.Resolve(this, watermark));
        var run = new TenantSchedule(cid, connect, search, Template, Outputs(), settings)
        {
            Name = NameOfQuery,
        };
        run.EnsurePossible(server);
        // The tenants run at the same time. The first query to lock a new file would decide which schedule the file belongs to.
        if (!_watermarks.Add(settings.Path))
            throw new ExportException(ExportErrorKind.BadPath, settings.Path,
                $"An earlier query of this command uses the watermark file '{settings.Path}'. Nothing was fetched for this query. Use a "
                + "command with another -Watermark for each query.");
        return ShouldProcess(Path, $"Export the events of tenant {cid} since the last run of: {search.Title}") ? run : null;
    }

    private PathTemplate Template => PathTemplate.Parse(Path, OutputPath.Known);

    // The steps of several tenants ask for outputs on threads of their own, while the pipeline may change the location.
    private Func<string, ExportTarget> Outputs()
    {
        var location = SessionState.Path.CurrentLocation;
        var isFiles = location.Provider.Name == "FileSystem";
        return path =>
        {
            var isRelative = isFiles && !System.IO.Path.IsPathRooted(path) && path.IndexOf(':') < 0 && path[0] != '~';
            lock (_gate)
                return Output(FilePath.Resolve(this, isRelative ? System.IO.Path.Combine(location.ProviderPath, path) : path));
        };
    }

    // Whether the user asks for a schedule.
    private bool EnsureSchedulable()
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
        return true;
    }

    private ScheduleSettings Settings(string path) => new(path)
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
}
