using LogScalePaging.Diagnostics;
using LogScalePaging.Export.Manifest;
using LogScalePaging.Export.Runs;
using LogScalePaging.Export.State;
using LogScalePaging.Export.Store;
using LogScalePaging.Export.Target;
using LogScalePaging.Paging.Verdicts;
using LogScalePaging.Records;

namespace LogScalePaging.Export.Schedules;

/// <summary>
/// One step of a schedule. Before its output is published, the watermark after it is saved beside the current one; after the publication
/// it becomes the current one. A run that is killed in between is finished by the next one.
/// </summary>
/// <param name="file">The watermark file. Its state has this step as pending.</param>
/// <param name="settings">The settings of the schedule.</param>
/// <param name="pending">The step.</param>
/// <param name="mayMoveTimes">True if the time of a row does not say where it is in the range.</param>
/// <param name="signals">The log that receives signals.</param>
internal sealed class ScheduledStep(
    WatermarkFile file, ScheduleSettings settings, PendingStep pending, bool mayMoveTimes, SignalLog signals) : IExportStep
{
    // Some 50 MB of text.
    private const int MostRows = 2_000_000;

    private readonly SeenRows _seen = SeenRows.Parse(file.State!.Rows);

    /// <summary>Events from before the start of the step that are in its output. Known after it was prepared by this run.</summary>
    public long Recovered { get; private set; }

    /// <summary>Watched hours with the events that were found to be too late, and their number.</summary>
    public (IReadOnlyList<WatchedHour> Hours, long TooLate) Watched { get; set; } = (file.State!.Watched, 0);

    /// <summary>When all watched hours were compared, in epoch milliseconds.</summary>
    public long? ComparedAll { get; set; } = file.State!.ComparedAll;

    /// <summary>True after the watermark has moved.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>The target, without the rows that earlier outputs have.</summary>
    public ExportTarget Without(ExportTarget target, RecordSchema schema) => _seen.Count == 0 ? target : target with
    {
        Known = () =>
        {
            var (hash, isKnown) = (Hash(schema), _seen.Begin());
            return row => isKnown(hash.Of(row));
        },
    };

    private RowHash Hash(RecordSchema schema) =>
        new(Convert.FromBase64String(file.State!.Key), schema, pending.From, pending.End, mayMoveTimes);

    /// <inheritdoc/>
    public string WatermarkPath => settings.Path;

    /// <inheritdoc/>
    public bool Accepts(Completeness verdict) =>
        verdict.State == CompletenessState.Complete || (verdict.State == CompletenessState.Unverified && !settings.RequireComplete);

    /// <inheritdoc/>
    public void Prepare(ExportState state, FinishedExport finished)
    {
        var current = file.State!;
        var from = Math.Max(current.KnownFrom, pending.End - (long)settings.Lookback.TotalMilliseconds);
        var (rows, older) = NewRows(state, from);
        if (rows.Count + older.Values.Sum() is var count && count != finished.Events)
            throw new InvalidOperationException($"The output has {finished.Events} rows, but {count} rows are new.");
        var all = _seen.With(rows);
        var kept = all.From(from).Newest(MostRows, out var limit);
        if (limit is { } later)
        {
            from = Math.Min(later, pending.End);
            signals.Warn(SignalKind.LateArrival,
                FormattableString.Invariant($"the look-back window has more than {MostRows:N0} events, so ")
                + $"late events are read only from {Common.UtcTime.Iso(from)} on. Use a shorter -Lookback (--lookback)");
        }
        var next = current with
        {
            Position = pending.End,
            KnownFrom = from,
            Rows = kept.ToText(),
            // Without times of events, the hours cannot be compared with the server.
            Watched = mayMoveTimes ? [] : WatchedHour.Until(Watched.Hours, current.First, from, all.CountsBefore(from).Concat(older)),
            Steps = current.Steps + 1,
            Events = current.Events + finished.Events,
            TooLate = current.TooLate + Watched.TooLate,
            ComparedAll = ComparedAll,
            ReadAt = pending.At,
            LastPath = pending.Path,
            Pending = null,
        };
        file.Save(current with { Pending = pending with { Files = finished.Files, Next = next } }, "prepared");
    }

    /// <inheritdoc/>
    public void Commit()
    {
        if (file.State!.Pending?.Next is not { } next)
            throw new InvalidOperationException("The step was published before it was prepared.");
        file.Save(next, "committed");
        IsCommitted = true;
    }

    // Every row of the parts that is not known already: rows from a time on, and how many others each second has. A step of a day can
    // have many rows, and only those of the look-back are kept.
    private (List<SeenRow> Rows, Dictionary<long, long> Older) NewRows(ExportState state, long from)
    {
        const long Second = 1_000;
        var folder = pending.Path + ExportTarget.PartialEnding;
        using var hash = Hash(state.Schema);
        var (isKnown, rows, older, recovered) = (_seen.Begin(), new List<SeenRow>(), new Dictionary<long, long>(), 0L);
        foreach (var lane in state.Lanes)
        {
            KnownEvents.Read(folder, lane, state.Schema, record =>
            {
                var row = hash.Of(record.Utf8.Span);
                if (isKnown(row))
                    return;
                recovered += row.Time < pending.Start ? 1 : 0;
                if (row.Time >= from)
                {
                    rows.Add(row);
                    return;
                }
                var second = Math.Max(row.Time - (((row.Time % Second) + Second) % Second), pending.From);
                older[second] = older.TryGetValue(second, out var count) ? count + 1 : 1;
            });
        }
        Recovered = mayMoveTimes ? 0 : recovered;
        return (rows, older);
    }
}
