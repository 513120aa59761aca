using System.Text.Json.Serialization;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;

namespace LogScalePaging.Export.State;

/// <summary>Everything that a resumption needs: <c>checkpoint.json</c> of a running or interrupted export. It has no secret.</summary>
public sealed record ExportState
{
    /// <summary>The layout that this version writes. Older layouts can be read too.</summary>
    public const int CurrentVersion = 4;

    private readonly RecordSchema? _schema;

    /// <summary>Layout of this file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Name and version of the tool that wrote it.</summary>
    public string Tool { get; init; } = ToolInfo.NameAndVersion;

    /// <summary>The query, server and range. The range is pinned after the first job has answered.</summary>
    public required WalkIdentity Identity { get; init; }

    /// <summary>What the records look like. Layouts before 3 have no schema and mean LogScale's.</summary>
    public RecordSchema Schema
    {
        get => _schema ?? OlderLayouts.Schema;
        init => _schema = value;
    }

    /// <summary>Name of the strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>Format of the output.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>Fields to keep; null for all.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Fields to leave out; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ExcludeProperty { get; init; }

    /// <summary>True if each file of a csv begins with a byte order mark.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bom { get; init; }

    /// <summary>How the times of records are written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>Maximum number of events; null for all.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Maximum bytes of a file; null for one file.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Maximum events of a file; null for one file.</summary>
    public long? MaxFileEvents { get; init; }

    /// <summary>When the export was started for the first time.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How often it was resumed.</summary>
    public int Resumes { get; init; }

    /// <summary>Events that the server counted in the range when the export began; null without a count.</summary>
    public long? ExpectedBefore { get; init; }

    /// <summary>Epoch milliseconds from which an ingested event arrived after that count; null if it is not known.</summary>
    public long? LateFrom { get; init; }

    /// <summary>Repeated events dropped so far.</summary>
    public long Duplicates { get; init; }

    /// <summary>The walks, newest range first.</summary>
    public IReadOnlyList<LaneState> Lanes { get; init; } = [];

    /// <summary>True if the user allowed to replace an existing output, so that a resumption need not ask again.</summary>
    public bool Replace { get; init; }

    /// <summary>
    /// The output, if it is complete under temporary names and is being renamed. A resumption then knows that an existing output belongs
    /// to this run.
    /// </summary>
    public FinishedExport? Finished { get; init; }

    /// <summary>
    /// The manifest of <see cref="Finished"/>, after the verdict. With both, the publication can be finished after a crash.
    /// </summary>
    public ExportManifest? Manifest { get; init; }

    /// <summary>Names of older files of the output that are deleted when it is published.</summary>
    public IReadOnlyList<string> Surplus { get; init; } = [];

    /// <summary>Events in the parts of all lanes.</summary>
    public long Rows => Lanes.Sum(l => l.Rows);

    /// <summary>How many of them were certainly ingested after <see cref="ExpectedBefore"/> was counted.</summary>
    public long ReceivedLate => Lanes.Sum(l => l.Parts.Sum(p => p.Late));

    /// <summary>Observations about the events in the parts of all lanes.</summary>
    internal RowNotes RowNotes => Lanes.SelectMany(l => l.Parts).Aggregate(default(RowNotes), (sum, part) => sum + part.Notes);

    /// <summary>Events that the server counted in finished lanes and that are not in their parts.</summary>
    internal long Missing => Lanes.Where(l => l.Done).Sum(l => Math.Max(0, (l.Counted ?? l.Rows) - l.Rows));

    /// <summary>The same state with one lane changed.</summary>
    /// <exception cref="ArgumentException">There is no lane of that name.</exception>
    public ExportState WithLane(string name, Func<LaneState, LaneState> change)
    {
        var lanes = Lanes.ToArray();
        var index = Array.FindIndex(lanes, l => l.Name == name);
        if (index < 0)
            throw new ArgumentException($"The export has no lane '{name}'.", nameof(name));
        lanes[index] = change(lanes[index]);
        return this with { Lanes = lanes };
    }

    /// <summary>True if the file has a schema.</summary>
    internal bool HasSchema => _schema is not null;

    /// <summary>The state in the current layout. Version 1 has no tenant, so it gets the tenant of the run that resumes it.</summary>
    /// <param name="tenant">Tenant of that run.</param>
    internal ExportState Upgraded(string? tenant) => Version > 1 ? this with { Version = CurrentVersion } : this with
    {
        Version = CurrentVersion,
        Identity = Identity with { Tenant = tenant },
        Lanes = [.. Lanes.Select(lane => lane with { Parts = [.. lane.Parts.Select(part => part with { Next = Upgraded(part.Next,
            tenant) })] })],
    };

    private static Checkpoint? Upgraded(Checkpoint? next, string? tenant) =>
        next is null ? null : next with { Version = Checkpoint.CurrentVersion, Identity = next.Identity with { Tenant = tenant } };

    /// <summary>Free notes of the engine that must survive a resumption, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
