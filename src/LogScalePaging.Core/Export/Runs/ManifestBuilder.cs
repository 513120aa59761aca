using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Formats;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.State;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;
using LogScalePaging.Search;

namespace LogScalePaging.Export.Runs;

/// <summary>Builds the manifest of a run.</summary>
internal static class ManifestBuilder
{
    /// <param name="request">The request.</param>
    /// <param name="search">The search that ran.</param>
    /// <param name="state">The state on disk.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="signals">The signals of the run.</param>
    /// <param name="finished">The output; null when the run broke off.</param>
    /// <param name="now">The clock.</param>
    /// <param name="duration">Duration of this run.</param>
    public static ExportManifest Build(
        ExportRequest request,
        ISearch search,
        ExportState state,
        Completeness verdict,
        SignalLog signals,
        FinishedExport? finished,
        DateTimeOffset now,
        TimeSpan duration) =>
        Build(request, search, state, verdict, signals, finished, now, duration, finished is null ? state.RowNotes : search.Notes)
            .WithUnits();

    private static ExportManifest Build(
        ExportRequest request,
        ISearch search,
        ExportState state,
        Completeness verdict,
        SignalLog signals,
        FinishedExport? finished,
        DateTimeOffset now,
        TimeSpan duration,
        RowNotes notes) => new()
        {
            State = verdict.State.ToString(),
            Reason = signals.Clean(verdict.Reason),
            System = search.System,
            Host = search.Identity.Host,
            Tenant = search.Identity.Tenant,
            Repository = search.Identity.Repository,
            Query = search.Identity.Query,
            QuerySha256 = search.Identity.QueryHash,
            Arguments = search.Identity.Arguments,
            TimeZone = request.Search.TimeZone,
            Schema = state.Schema,
            Range = new ManifestRange(search.Identity.RangeStart, search.Identity.RangeEnd),
            Strategy = search.Plan?.Strategy ?? state.Strategy,
            StrategyReason = search.Plan?.Reason is { } reason ? signals.Clean(reason) : null,
            Format = ExportFormats.Name(state.Format),
            Compressed = request.Target.Compress,
            Bom = state.Bom,
            TimestampFormat = state.TimestampFormat,
            Property = state.Property,
            ExcludeProperty = state.ExcludeProperty,
            Columns = finished?.Columns,
            MaxEvents = state.MaxEvents,
            Plan = request.Plan,
            Slice = request.Slice,
            Counts = new ManifestCounts
            {
                Expected = verdict.ExpectedBefore,
                ExpectedAfter = verdict.ExpectedAfter,
                Recount = verdict.Recount,
                Received = verdict.Received,
                Written = finished?.Events ?? 0,
                Known = finished?.Known ?? 0,
                InvalidUtf8 = finished?.InvalidUtf8 ?? 0,
                DuplicatesDropped = state.Duplicates,
                RepeatedIds = notes.RepeatedIds,
                WithoutId = notes.WithoutId,
                OutsideRange = notes.OutsideRange,
                TimesAsText = finished?.TimesAsText ?? 0,
                Late = verdict.Late,
                Missing = verdict.State == CompletenessState.Unverified ? null : verdict.Missing,
            },
            First = finished?.First,
            Last = finished?.Last,
            Ordered = finished?.Ordered ?? true,
            Order = search.IsAsSent ? ExportManifest.AsSent : state.Schema.Order.ToString(),
            Files = finished?.Files ?? [],
            Started = state.Started,
            Finished = now,
            Duration = duration,
            Resumes = state.Resumes,
            Jobs = new ManifestJobs(signals.CountOf(SignalKind.JobCreated), signals.CountOf(SignalKind.JobDeleted),
                signals.CountOf(SignalKind.JobRecreated)),
            Requests = signals.CountOf(SignalKind.Request),
            Retries = signals.CountOf(SignalKind.Retried),
            BytesReceived = signals.BytesReceived,
            Warnings = [.. signals.Warnings.Select(w => w.Message)],
            MissingRanges = [.. state.Lanes
                .Where(l => !l.Done || (l.Rows < l.Counted && verdict.State == CompletenessState.Incomplete))
                .Select(l => Missing(l, state.Schema.Order))],
            Windows = [.. state.Lanes.Where(Disagrees).OrderByDescending(l => l.RangeEnd).Select(
                l => new ManifestWindow(l.RangeStart, l.RangeEnd, l.Planned, l.Counted, l.Rows))],
            Signals = signals.Counts.ToDictionary(c => c.Key.ToString(), c => c.Value),
        };

    // If a window was read to its end, the missing events can be anywhere in it. If the walk broke off, the rest of the range is missing.
    private static ManifestRange Missing(LaneState lane, RecordOrder order)
    {
        var last = lane.Done || lane.Parts.Count == 0 ? null : lane.Parts[lane.Parts.Count - 1];
        return order == RecordOrder.OldestFirst
            ? new ManifestRange(last is null ? lane.RangeStart : last.Newest, lane.RangeEnd)
            : new ManifestRange(lane.RangeStart, last is null ? lane.RangeEnd : last.Oldest);
    }

    private static bool Disagrees(LaneState lane) =>
        lane.Done && ((lane.Planned is { } planned && planned != lane.Rows) || (lane.Counted is { } counted && counted != lane.Rows));
}
