using System.Text.Json;
using System.Text.Json.Serialization;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Errors;
using LogScalePaging.Export.Files;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Manifest;

/// <summary>The record of an export: the request, the result, and its proof. It never holds a secret.</summary>
public sealed record ExportManifest
{
    /// <summary>The layout that this version writes. Older layouts can be read too.</summary>
    public const int CurrentVersion = 3;

    private readonly RecordSchema? _schema;

    /// <summary>Layout of this file.</summary>
    public int ManifestVersion { get; init; } = CurrentVersion;

    /// <summary>Name of the tool.</summary>
    public string Tool { get; init; } = ToolInfo.Name;

    /// <summary>Version of the tool.</summary>
    public string Version { get; init; } = ToolInfo.Version;

    /// <summary><c>Complete</c>, <c>Incomplete</c> or <c>Unverified</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it has this state, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Kind of server: <c>LogScale</c>, or <c>NG-SIEM</c> behind the gateway of Falcon.</summary>
    public required string System { get; init; }

    /// <summary>Scheme, host and port of the server.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// Tenant whose data were read: the member CID of Falcon. Null for the account's own data. Version 1 has no tenant.
    /// </summary>
    public string? Tenant { get; init; }

    /// <summary>Repository, data set or endpoint.</summary>
    public required string Repository { get; init; }

    /// <summary>The query as the user wrote it.</summary>
    public required string Query { get; init; }

    /// <summary>SHA-256 of the query and its arguments: <see cref="Paging.Positions.WalkIdentity.QueryHash"/>.</summary>
    public required string QuerySha256 { get; init; }

    /// <summary>Query arguments.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Time zone of the query's time functions; null for the server's own.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What the records look like. Layouts before 3 have no schema and mean LogScale's.</summary>
    public RecordSchema Schema
    {
        get => _schema ?? OlderLayouts.Schema;
        init => _schema = value;
    }

    /// <summary>The range, as it was pinned.</summary>
    public required ManifestRange Range { get; init; }

    /// <summary>Name of the strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>Why this strategy was chosen.</summary>
    public string? StrategyReason { get; init; }

    /// <summary><c>json</c>, <c>ndjson</c>, <c>csv</c> or <c>timesketch</c>.</summary>
    public required string Format { get; init; }

    /// <summary>True when the files are compressed with gzip.</summary>
    public bool Compressed { get; init; }

    /// <summary>Requested fields; null for all.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Fields to leave out; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ExcludeProperty { get; init; }

    /// <summary>Columns of a csv.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>True if each file of a csv begins with a byte order mark.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bom { get; init; }

    /// <summary>How the times of records are written in the files.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>Maximum number of events; null for all.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>Id of the plan that this export is a slice of, or that it was merged by; null without a plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Plan { get; init; }

    /// <summary>Index of the slice in its plan; null for an export that is not a slice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Slice { get; init; }

    /// <summary>The counts.</summary>
    public required ManifestCounts Counts { get; init; }

    /// <summary>The first event of the output; null when it is empty.</summary>
    public RecordMark? First { get; init; }

    /// <summary>The last event of the output; null when it is empty.</summary>
    public RecordMark? Last { get; init; }

    /// <summary>
    /// True if the records of the output are in its order: newest first, or oldest first if <see cref="Order"/> says so.
    /// </summary>
    public bool Ordered { get; init; } = true;

    /// <summary>
    /// The order in which the records were kept: the order of the schema, or <see cref="AsSent"/> if the query writes their time. With
    /// <see cref="AsSent"/>, times are not compared with the range.
    /// </summary>
    public string Order { get; init; } = NewestFirst;

    /// <summary>The files of the output, in its order.</summary>
    public required IReadOnlyList<OutputFile> Files { get; init; }

    /// <summary>When the export was started for the first time.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When the output was complete.</summary>
    public DateTimeOffset Finished { get; init; }

    /// <summary>Duration of the last run.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How often it was resumed.</summary>
    public int Resumes { get; init; }

    /// <summary>The query jobs.</summary>
    public ManifestJobs? Jobs { get; init; }

    /// <summary>Requests sent.</summary>
    public long Requests { get; init; }

    /// <summary>Requests retried.</summary>
    public long Retries { get; init; }

    /// <summary>Bytes of answers, as received over the network.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Warnings in words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How often each signal was emitted.</summary>
    public IReadOnlyDictionary<string, long> Signals { get; init; } = new Dictionary<string, long>();

    /// <summary>Parts of the range whose events are known to be missing.</summary>
    public IReadOnlyList<ManifestRange> MissingRanges { get; init; } = [];

    /// <summary>Windows whose number of events differs from the planned or counted number, newest first.</summary>
    public IReadOnlyList<ManifestWindow> Windows { get; init; } = [];

    /// <summary>The runs of the export, the first one first. Null in a manifest of an older version, as all that follows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ManifestRun>? Runs { get; init; }

    /// <summary>The program of the last run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestProgram? Program { get; init; }

    /// <summary>The clock of the last run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestClock? Clock { get; init; }

    /// <summary>What the output leaves out on purpose. Empty if it leaves out nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ManifestExclusion>? Exclusions { get; init; }

    /// <summary>A value of <see cref="Order"/>.</summary>
    public const string NewestFirst = "NewestFirst";

    /// <summary>A value of <see cref="Order"/>.</summary>
    public const string AsSent = "AsSent";

    /// <summary>True if the oldest records are first in the output.</summary>
    internal bool IsOldestFirst => Order == nameof(RecordOrder.OldestFirst);

    /// <summary>True if the file has a schema.</summary>
    internal bool HasSchema => _schema is not null;

    /// <summary>Writes the file completely, or not at all.</summary>
    /// <exception cref="ExportException">It cannot be written.</exception>
    public void Save(string path)
    {
        try
        {
            DurableFile.Write(path, ToUtf8());
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw new FileGuard(new ExportTarget { Path = path, Format = ExportFormat.Json }, "The output is complete.").Translate(e, path);
        }
    }

    /// <summary>The verdict in this manifest.</summary>
    internal Completeness Verdict() => new(Enum.TryParse<CompletenessState>(State, out var state) ? state : CompletenessState.Unverified,
        Reason ?? "")
    {
        ExpectedBefore = Counts.Expected,
        ExpectedAfter = Counts.ExpectedAfter,
        Recount = Counts.Recount,
        Received = Counts.Received,
        Missing = Counts.Missing ?? 0,
        Late = Counts.Late,
    };

    /// <summary>The same with the unit of the schema in its ranges, which need it for their ISO texts.</summary>
    internal ExportManifest WithUnits()
    {
        var unit = Schema.TimeUnit;
        return unit == TimeUnit.Milliseconds ? this : this with
        {
            Range = Range with { Unit = unit },
            MissingRanges = [.. (MissingRanges ?? []).Select(r => r with { Unit = unit })],
            Windows = [.. (Windows ?? []).Select(w => w with { Unit = unit })],
        };
    }

    /// <summary>The bytes of the file.</summary>
    internal byte[] ToUtf8() => [.. JsonSerializer.SerializeToUtf8Bytes(WithUnits(), ExportJson.Manifest), (byte)'\n'];

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="ExportException">There is no file, or it is not a manifest.</exception>
    public static ExportManifest Load(string path) => ManifestReader.Load(path);
}
