using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>bucket(span=1h, function=count())</c> and <c>timechart</c>: one row per time span, also for empty ones, oldest first.
/// </summary>
internal sealed class BucketStage(long? span, string? series, IReadOnlyList<Aggregate> functions, bool isTimeChart) : Stage
{
    private static readonly (long Span, string Name)[] NiceSpans =
    [
        (1_000, "1 second"), (5_000, "5 seconds"), (15_000, "15 seconds"), (30_000, "30 seconds"), (60_000, "1 minute"),
        (300_000, "5 minutes"), (900_000, "15 minutes"), (1_800_000, "30 minutes"), (3_600_000, "1 hour"), (14_400_000, "4 hours"),
        (43_200_000, "12 hours"), (86_400_000, "1 day"), (604_800_000, "7 days"), (2_592_000_000, "30 days"), (31_536_000_000, "365 days"),
    ];

    private readonly StoredName? _series = series is null ? null : new StoredName(series);

    public override Rows Apply(Rows rows, StageContext context)
    {
        (var start, var end) = Ends(rows, context.Range);
        var width = span ?? NiceSpans.First(s => (end - start) / s.Span < 100 || s.Span == 31_536_000_000).Span;
        var first = start - (((start % width) + width) % width);
        var last = end - (((end % width) + width) % width);
        Describe(context, width, first, last);

        var totals = new SortedDictionary<(long Bucket, string Series), Aggregate.Total[]>();
        if (_series is null)
        {
            for (var bucket = first; bucket <= last && totals.Count <= context.Options.AggregateRowLimit; bucket += width)
                totals.Add((bucket, ""), [.. functions.Select(f => f.Start())]);
        }
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.Timestamp(i) is not { } time)
                continue;
            var json = rows.Json(i);
            var name = "";
            if (_series is not null)
            {
                if (!_series.TryRead(json, out var value))
                    continue;
                name = value.Text;
            }
            (long, string) key = (time - (((time % width) + width) % width), name);
            if (!totals.TryGetValue(key, out var ofBucket))
                totals.Add(key, ofBucket = [.. functions.Select(f => f.Start())]);
            foreach (var total in ofBucket)
                total.Add(json);
        }
        return new MadeRows([.. totals.Select(t => ToRow(t.Key.Bucket, t.Key.Series, t.Value))]);
    }

    private static (long Start, long End) Ends(Rows rows, TimeRange range)
    {
        long start = range.Start, end = range.End;
        if (start == long.MinValue || start <= 0)
            start = rows.Count == 0 ? 0 : rows.Timestamp(rows.Count - 1) ?? 0;
        if (end == long.MaxValue)
            end = rows.Count == 0 ? start : rows.Timestamp(0) ?? start;
        return (start, Math.Max(start, end));
    }

    private void Describe(StageContext context, long width, long first, long last)
    {
        context.FieldOrder = [.. functions.Select(f => f.Name), "_bucket"];
        if (isTimeChart)
            Add("timechart", "true");
        Add("bucket_last_bucket", last.ToString(CultureInfo.InvariantCulture));
        Add("bucket_span_humanized",
            NiceSpans.FirstOrDefault(s => s.Span == width).Name ?? FormattableString.Invariant($"{width / 1000} seconds"));
        Add("bucket_span_millis", width.ToString(CultureInfo.InvariantCulture));
        if (isTimeChart)
            Add("ui:suggested-widget", "time-chart");
        Add("bucket_first_bucket", first.ToString(CultureInfo.InvariantCulture));

        void Add(string key, string value) => context.ExtraData.Add(new(key, value));
    }

    private byte[] ToRow(long bucket, string name, Aggregate.Total[] totals)
    {
        var row = new ByteWriter();
        row.Add((byte)'{');
        if (_series is not null)
            row.AddString(_series.Name).Add((byte)':').AddString(name);
        foreach (var total in totals)
            total.WriteTo(row);
        if (row.Length > 1)
            row.Add((byte)',');
        return row.Add("\"_bucket\":\""u8).Add(bucket).Add("\"}"u8).ToArray();
    }
}
