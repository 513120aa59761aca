using System.CommandLine;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Schedules;
using LogScalePaging.Export.Target;

namespace LogScalePaging.Cli.Options;

/// <summary>The options for exports that continue where the last run ended.</summary>
internal sealed class ScheduleOptions
{
    /// <summary>Name of the option for the watermark file.</summary>
    public const string Name = "--watermark";

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    private readonly Option<string?> _watermark = new(Name)
    {
        HelpName = "FILE",
        Description =
            "Export what came since the last run, and keep in this file how far it went. With several --member-cid, each has its own: "
            + "{cid}.state. --start says where the first run begins. "
            + "The output needs a placeholder: events-{start}.ndjson, events-{start:yyyy-MM-dd}.ndjson.",
    };
    private readonly Option<TimeSpan> _lag = Span("--lag", ScheduleSettings.DefaultLag, TimeSpan.Zero,
        "With --watermark: end this long before now, because younger events may still arrive. [default: 5m]");
    private readonly Option<TimeSpan> _lookback = Span("--lookback", ScheduleSettings.DefaultLookback, TimeSpan.Zero,
        "With --watermark: read this long before the last end again, for events that arrived late. [default: 1h]");
    private readonly Option<TimeSpan> _maxStep = Span("--max-step", ScheduleSettings.DefaultMaxStep, TimeSpan.FromSeconds(1),
        "With --watermark: longest range of one output. Missed runs are caught up in such steps. [default: 24h]");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _watermark, _lag, _lookback, _maxStep })
            command.Add(option);
    }

    /// <summary>Whether this run continues from a watermark.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_watermark) is not null;

    /// <summary>Checks that each of several tenants has a separate watermark file.</summary>
    /// <exception cref="UsageException">They would share one.</exception>
    public void EnsureOwnFiles(ParseResult parsed)
    {
        try
        {
            if (parsed.GetValue(_watermark) is { } file && !OutputPath.NamesTenant(OutputPath.ParseWatermark(file)))
                throw new UsageException(
                    $"Several tenants need a watermark file each. Put {{cid}} into {Name}, for example {Name} '{{cid}}.state'.");
        }
        catch (ExportException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    /// <summary>The settings of the schedule; null without a watermark.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">The output.</param>
    /// <param name="search">The options of the search.</param>
    /// <param name="tenant">The tenant, for its placeholder in the path of the file; null for none.</param>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    public ScheduleSettings? Read(ParseResult parsed, OutputRequest output, SearchOptions search, string? tenant)
    {
        if (parsed.GetValue(_watermark) is not { } file)
        {
            if (new[] { _lag, _lookback, _maxStep }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } alone)
                throw new UsageException($"{alone.Name} requires {Name}.");
            return null;
        }
        if (string.IsNullOrWhiteSpace(file))
            throw new UsageException($"{Name}: the path is empty.");
        if (output.IsStandardOutput)
            throw new UsageException(
                $"{Name}: not possible for standard output, because nothing tells whether its reader kept the records.");
        if (output.Force)
            throw new UsageException($"--force cannot be used with {Name}: a schedule never replaces a file.");
        if (search.HasEnd(parsed))
            throw new UsageException($"--end cannot be used with {Name}: a run ends at now less --lag.");
        return new ScheduleSettings(Path.GetFullPath(OutputPath.FillWatermark(file, tenant)))
        {
            Lag = parsed.GetValue(_lag),
            Lookback = parsed.GetValue(_lookback),
            MaxStep = parsed.GetValue(_maxStep),
            StopAfter = output.StopAfter,
            RequireComplete = search.RequiresComplete(parsed),
            NoOperator = output.NoOperator,
            TimestampServer = output.TimestampServer,
        };
    }

    private static Option<TimeSpan> Span(string name, TimeSpan usual, TimeSpan least, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = ArgumentValues.Span(TimeSpan.FromSeconds(1), least, s_longest),
        DefaultValueFactory = _ => usual,
    };
}
