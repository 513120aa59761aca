using System.Text.Json.Serialization;
using LogScalePaging.Common;
using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Slices;

/// <summary>
/// A large export that is cut into slices, which runs on any machines export independently: the content of <c>plan.json</c>. It has no
/// secret.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExportPlan
{
    /// <summary>The layout that this version writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Maximum number of slices of a plan.</summary>
    public const int MostSlices = 10_000;

    /// <summary>Layout of this file.</summary>
    public int PlanVersion { get; init; } = CurrentVersion;

    /// <summary>
    /// SHA-256 of everything else. Slices on disk and their manifests have it, so that slices of different plans are not mixed.
    /// </summary>
    public string PlanId { get; init; } = "";

    /// <summary>Name of the tool.</summary>
    public string Tool { get; init; } = ToolInfo.Name;

    /// <summary>Version of the tool. All slices must be exported by this version.</summary>
    public string Version { get; init; } = ToolInfo.Version;

    /// <summary>Kind of server: <c>LogScale</c>, <c>NG-SIEM</c>, <c>Axiom</c>.</summary>
    public required string System { get; init; }

    /// <summary>Scheme, host and port of the server.</summary>
    public required string Host { get; init; }

    /// <summary>Tenant whose data are read; null for the account's own.</summary>
    public string? Tenant { get; init; }

    /// <summary>Repository or data set.</summary>
    public required string Repository { get; init; }

    /// <summary>The query as the user wrote it.</summary>
    public required string Query { get; init; }

    /// <summary>Query arguments.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Time zone of the query's time functions; null for the server's own.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The other settings of the search, by name: <see cref="SearchRequest.ToNotes"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What the records look like.</summary>
    public required RecordSchema Schema { get; init; }

    /// <summary>The pinned range.</summary>
    public required ManifestRange Range { get; init; }

    /// <summary>Format of the slices and of the merged file: <c>json</c>, <c>ndjson</c>, <c>csv</c> or <c>timesketch</c>.</summary>
    public required string Format { get; init; }

    /// <summary>True when the slices are compressed with gzip.</summary>
    public bool Compressed { get; init; }

    /// <summary>True if a csv begins with a byte order mark.</summary>
    public bool Bom { get; init; }

    /// <summary>How the times of records are written in the files.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimestampFormat TimestampFormat { get; init; }

    /// <summary>Fields to keep; null for all.</summary>
    public IReadOnlyList<string>? Property { get; init; }

    /// <summary>Fields to leave out; null for none.</summary>
    public IReadOnlyList<string>? ExcludeProperty { get; init; }

    /// <summary>True if the manifests of all slices, and of the merge, leave out accounts and machines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NoOperator { get; init; }

    /// <summary>Records that the server counted in the range when the plan was made.</summary>
    public required long Expected { get; init; }

    /// <summary>True if the server includes records at exactly the end of a range. The requests of slices then end earlier.</summary>
    public bool EndIsInclusive { get; init; }

    /// <summary>What each slice may use of the server.</summary>
    public required PlanBudget Budget { get; init; }

    /// <summary>The slices, oldest first. Together they are the range exactly.</summary>
    public required IReadOnlyList<PlanSlice> Slices { get; init; }

    /// <summary>When the plan was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The format for the engine.</summary>
    internal ExportFormat FileFormat => ExportFormats.TryParse(Format, out var format)
        ? format
        : throw new FormatException($"The format '{Printable.Line(Format)}' does not exist.");

    /// <summary>The first digits of the id, for file names.</summary>
    internal string ShortId => PlanId.Substring(0, 8);

    /// <summary>The range of the request of a slice.</summary>
    internal (long Start, long End) RequestOf(PlanSlice slice) =>
        (slice.Start, EndIsInclusive && slice.I < Slices.Count - 1 ? slice.End - 1 : slice.End);

    /// <summary>The search of a part of the range.</summary>
    internal SavedSearch Search(long start, long end) => new(
        new WalkIdentity(System, Host, Repository, Query, start, end) { Arguments = Arguments, Tenant = Tenant }, Settings)
    {
        TimeZone = TimeZone,
    };

    /// <summary>Reads and checks a plan.</summary>
    /// <param name="path">Path of <c>plan.json</c>.</param>
    /// <exception cref="PlanException">It was changed, or this version cannot read it.</exception>
    /// <exception cref="Errors.ExportException">There is no such file.</exception>
    public static ExportPlan Load(string path) => PlanFile.Load(path);

    /// <summary>Checks that a plan can be written there. Nothing is created.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="force">Replace an existing plan.</param>
    /// <exception cref="Errors.ExportException">It cannot be written.</exception>
    public static void EnsureMaySave(string path, bool force) => PlanFile.EnsureMaySave(path, force);

    /// <summary>Writes the plan completely, or not at all.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="force">Replace an existing plan.</param>
    /// <exception cref="Errors.ExportException">It cannot be written.</exception>
    public void Save(string path, bool force) => PlanFile.Save(this, path, force);
}
