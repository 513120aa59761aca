using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Fields;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Positions;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Slices;

/// <summary>Makes the manifest of merged slices.</summary>
/// <param name="plan">The plan.</param>
/// <param name="slices">Its slices, by their index.</param>
internal sealed class MergedManifest(ExportPlan plan, IReadOnlyList<SliceOutput> slices)
{
    /// <summary>Name of the strategy in the manifest.</summary>
    public const string Strategy = "Merge";

    /// <summary>The slices in the order of the output.</summary>
    public IReadOnlyList<SliceOutput> InOrder { get; } = plan.Schema.Order == RecordOrder.OldestFirst ? slices : [.. slices.Reverse()];

    /// <summary>The files of the slices as one output.</summary>
    public FinishedExport Finished => new()
    {
        Files = [.. InOrder.SelectMany(s => s.Manifest.Files)],
        Events = slices.Sum(s => s.Manifest.Counts.Written),
        Columns = InOrder[0].Manifest.Columns,
        Ordered = slices.All(s => s.Manifest.Ordered),
        First = InOrder.Select(s => s.Manifest.First).FirstOrDefault(m => m is not null),
        Last = InOrder.Reverse().Select(s => s.Manifest.Last).FirstOrDefault(m => m is not null),
    };

    /// <summary>The target with the columns of all slices, for a csv.</summary>
    public ExportTarget WithColumns(ExportTarget target)
    {
        string[] columns = [.. InOrder.SelectMany(s => s.Manifest.Columns ?? []).Distinct(StringComparer.Ordinal)];
        return target.Format == ExportFormat.Csv && columns.Length > 0
            ? target with { Property = [.. columns.Select(NamePattern.Literal)] }
            : target;
    }

    /// <summary>
    /// Whether a merge of these slices made a manifest. The files of the slices are not in it, but a slice that is exported again ends
    /// later.
    /// </summary>
    public bool IsMadeBy(ExportManifest manifest) => manifest.Strategy == Strategy && manifest.Plan == plan.PlanId
        && manifest.Version == plan.Version && manifest.Counts.Written == Finished.Events
        && (manifest.Started, manifest.Duration) == Times;

    // From the begin of the first slice to the end of the last one.
    private (DateTimeOffset Started, TimeSpan Duration) Times =>
        slices.Min(s => s.Manifest.Started) is var started ? (started, slices.Max(s => s.Manifest.Finished) - started) : default;

    /// <summary>The manifest.</summary>
    /// <param name="finished">The output.</param>
    /// <param name="compressed">Whether its files are compressed.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="signals">The signals of the merge.</param>
    /// <param name="now">The clock.</param>
    public ExportManifest Build(FinishedExport finished, bool compressed, Completeness verdict, SignalLog signals, DateTimeOffset now)
    {
        var manifests = slices.Select(s => s.Manifest).ToList();
        var (started, duration) = Times;
        var identity = new WalkIdentity(plan.System, plan.Host, plan.Repository, plan.Query) { Arguments = plan.Arguments };
        return new ExportManifest
        {
            State = verdict.State.ToString(),
            Reason = signals.Clean(verdict.Reason),
            System = plan.System,
            Host = plan.Host,
            Tenant = plan.Tenant,
            Repository = plan.Repository,
            Query = plan.Query,
            QuerySha256 = identity.QueryHash,
            Arguments = plan.Arguments,
            TimeZone = plan.TimeZone,
            Schema = plan.Schema,
            Range = plan.Range,
            Strategy = Strategy,
            StrategyReason = FormattableString.Invariant($"{slices.Count:N0} slices of the plan {plan.PlanId}"),
            Format = plan.Format,
            Compressed = compressed,
            Bom = plan.Bom,
            TimestampFormat = plan.TimestampFormat,
            Property = plan.Property,
            ExcludeProperty = plan.ExcludeProperty,
            Columns = finished.Columns,
            Plan = plan.PlanId,
            Counts = Counts(manifests, finished, verdict),
            First = finished.First,
            Last = finished.Last,
            Ordered = finished.Ordered,
            Order = plan.Schema.Order.ToString(),
            Files = finished.Files,
            Started = started,
            Finished = now,
            Duration = duration,
            Resumes = manifests.Sum(m => m.Resumes),
            Jobs = new ManifestJobs(
                manifests.Sum(m => m.Jobs?.Created ?? 0) + signals.CountOf(SignalKind.JobCreated),
                manifests.Sum(m => m.Jobs?.Deleted ?? 0) + signals.CountOf(SignalKind.JobDeleted),
                manifests.Sum(m => m.Jobs?.Recreated ?? 0) + signals.CountOf(SignalKind.JobRecreated)),
            Requests = manifests.Sum(m => m.Requests) + signals.CountOf(SignalKind.Request),
            Retries = manifests.Sum(m => m.Retries) + signals.CountOf(SignalKind.Retried),
            BytesReceived = manifests.Sum(m => m.BytesReceived) + signals.BytesReceived,
            Warnings =
            [
                .. slices.SelectMany(s => (s.Manifest.Warnings ?? []).Select(w => FormattableString.Invariant($"slice {s.Slice.I}: {w}"))),
                .. signals.Warnings.Select(w => w.Message),
            ],
            Signals = manifests.SelectMany(m => m.Signals ?? new Dictionary<string, long>())
                .Concat(signals.Counts.Select(c => new KeyValuePair<string, long>(c.Key.ToString(), c.Value)))
                .GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(s => s.Value)),
            MissingRanges = [.. InOrder.SelectMany(s => s.Manifest.MissingRanges ?? [])],
            Windows = [.. InOrder.SelectMany(s => s.Manifest.Windows ?? [])],
        }.WithUnits();
    }

    private ManifestCounts Counts(IReadOnlyList<ExportManifest> manifests, FinishedExport finished, Completeness verdict) => new()
    {
        Expected = verdict.ExpectedBefore ?? plan.Expected,
        ExpectedAfter = verdict.ExpectedAfter,
        Received = verdict.Received,
        Written = finished.Events,
        InvalidUtf8 = manifests.Sum(m => m.Counts.InvalidUtf8),
        DuplicatesDropped = manifests.Sum(m => m.Counts.DuplicatesDropped),
        RepeatedIds = manifests.Sum(m => m.Counts.RepeatedIds),
        WithoutId = manifests.Sum(m => m.Counts.WithoutId),
        OutsideRange = manifests.Sum(m => m.Counts.OutsideRange),
        TimesAsText = manifests.Sum(m => m.Counts.TimesAsText),
        Late = verdict.Late,
        Missing = verdict.State == CompletenessState.Unverified ? null : verdict.Missing,
    };
}
