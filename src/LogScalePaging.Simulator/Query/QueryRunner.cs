using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;
using LogScalePaging.Simulator.Query.Stages;

namespace LogScalePaging.Simulator.Query;

/// <summary>Runs a plan over an index.</summary>
internal static class QueryRunner
{
    /// <summary>The whole result of a query, without a buffer.</summary>
    public static Rows All(QueryPlan plan, EventStore store, EventIndex index, TimeRange range, long nowMs = 0)
    {
        Rows rows = InRange(store.Cache.Match(index, plan.FilterKey, plan.Filter), index, range);
        var context = new StageContext(store.Options, range, nowMs);
        foreach (var stage in plan.Stages)
            rows = stage.Apply(rows, context);
        return rows;
    }

    /// <param name="ingested">Only events ingested in this range are used; null for all.</param>
    /// <param name="useIngestTime">Whether the range is one of ingestion times.</param>
    public static QueryRows Run(QueryPlan plan, EventStore store, EventIndex index, TimeRange range, Around? around, TimeRange? ingested,
        bool useIngestTime = false, long nowMs = 0)
    {
        var options = store.Options;
        var matches = store.Cache.Match(index, plan.FilterKey, plan.Filter);
        if (ingested is { } ingest)
            matches = matches.Where(p => ingest.Contains(index[p].Ingested));
        if (useIngestTime)
        {
            var wanted = range;
            matches = matches.Where(p => wanted.Contains(index[p].Ingested));
        }
        var inRange = InRange(matches, index, useIngestTime ? new TimeRange(long.MinValue, long.MaxValue, true) : range);

        // A function that compares events sees the whole range, even if only a part is requested.
        var stages = plan.Stages;
        if (around is not null && stages.Any(s => s.RelatesEvents))
            (matches, stages) = Related(inRange, stages, new StageContext(options, range, nowMs));

        bool? hasMore = null;
        var rows = around is null ? inRange : AroundRows.Find(matches, index, range, around, options, out hasMore);
        var events = rows.Count;
        var isAggregate = plan.Stages.Any(s => s.IsAggregate(options));
        var hasEnds = plan.Stages.Any(s => s is EndsStage);
        var isBuffered = !isAggregate && !hasEnds && around is null;
        if (isBuffered && plan.Stages.All(s => s.IsRowByRow))
        {
            // One row more than fits shows that there are more. The others need not be computed.
            rows = rows.Slice(0, options.BufferSize + 1);
        }
        var context = new StageContext(options, range, nowMs);
        foreach (var stage in stages)
            rows = stage.Apply(rows, context);
        if (isBuffered)
        {
            hasMore = rows.Count > options.BufferSize;
            rows = rows.Slice(0, options.BufferSize);
        }
        else if (hasEnds)
        {
            hasMore = options.TailHasMore ? rows.Count < events : null;
        }
        else if (isAggregate)
        {
            hasMore = null;
        }
        if (isAggregate)
            rows = Limit(rows, plan, context);

        return new QueryRows
        {
            Rows = rows,
            Range = range,
            SaidStart = range.Start,
            SaidEnd = range.End,
            IsAggregate = isAggregate,
            HasMore = hasMore,
            Warnings = context.Warnings,
            ExtraData = plan.Interval is null ? context.ExtraData : [.. context.ExtraData, new("timeSettingsOverwrittenFromQuery", "true")],
            FieldOrder = context.FieldOrder,
            Matched = inRange.Count,
            Scanned = InRange(MatchSet.All(index.Count), index, range).Count,
        };
    }

    private static (MatchSet Matches, IReadOnlyList<Stage> Left) Related(Rows rows, IReadOnlyList<Stage> stages, StageContext context)
    {
        var count = 1 + stages.ToList().FindLastIndex(s => s.RelatesEvents);
        foreach (var stage in stages.Take(count))
            rows = stage.Apply(rows, context);
        return (MatchSet.Of([.. Enumerable.Range(0, rows.Count).Select(rows.Position)]), [.. stages.Skip(count)]);
    }

    public static StoredRows InRange(MatchSet matches, EventIndex index, TimeRange range)
    {
        var first = matches.CountBefore(index.FirstBefore(range.End, orAt: range.EndInclusive));
        var end = matches.CountBefore(index.FirstBefore(range.Start, orAt: false));
        return new StoredRows(index, matches, first, Math.Max(0, end - first));
    }

    private static Rows Limit(Rows rows, QueryPlan plan, StageContext context)
    {
        var limit = context.Options.AggregateRowLimit;
        if (plan.Stages.All(s => s.KeepsEvents || s.IsRowByRow) || rows.Count <= limit)
            return rows;
        context.Warnings.Add(FormattableString.Invariant($"The result was cut: it has {rows.Count} rows, and the limit is {limit}"));
        return rows.Slice(0, limit);
    }
}
