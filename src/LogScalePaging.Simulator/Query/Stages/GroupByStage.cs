using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>groupBy([f, ..], function=count(), limit=N)</c>: one row per group, in the order of their first events. Events that lack a field
/// are left out.
/// </summary>
internal sealed class GroupByStage(IReadOnlyList<string> fields, IReadOnlyList<Aggregate> functions, int limit) : Stage
{
    private readonly StoredName[] _fields = [.. fields.Select(f => new StoredName(f))];

    public override Rows Apply(Rows rows, StageContext context)
    {
        context.FieldOrder = [.. fields, .. functions.Select(f => f.Name)];
        var groups = new Dictionary<string, Aggregate.Total[]>(StringComparer.Ordinal);
        var order = new List<string>();
        var key = new ByteWriter();
        var cut = false;
        for (var i = 0; i < rows.Count; i++)
        {
            var json = rows.Json(i);
            if (!TryKey(json, key))
                continue;
            var group = Utf8.Text(key.Written);
            if (!groups.TryGetValue(group, out var totals))
            {
                if (groups.Count == limit)
                {
                    cut = true;
                    continue;
                }
                groups.Add(group, totals = [.. functions.Select(f => f.Start())]);
                order.Add(group);
            }
            foreach (var total in totals)
                total.Add(json);
        }
        if (cut)
            context.Warnings.Add(FormattableString.Invariant($"The groupBy limit of {limit} groups was reached; the result is incomplete"));
        return new MadeRows([.. order.Select(g => ToRow(g, groups[g]))]);
    }

    /// <summary>Writes the fields of an event's group. False if the event lacks one of them.</summary>
    private bool TryKey(ReadOnlySpan<byte> json, ByteWriter key)
    {
        key.Clear();
        foreach (var field in _fields)
        {
            if (!field.TryRead(json, out var value))
                return false;
            if (key.Length > 0)
                key.Add((byte)',');
            key.AddString(field.Name).Add((byte)':');
            if (value.HasEscapes)
                key.AddString(value.Text);
            else
                key.Add((byte)'"').Add(value.Raw).Add((byte)'"');
        }
        return true;
    }

    private static byte[] ToRow(string group, Aggregate.Total[] totals)
    {
        var row = new ByteWriter();
        row.Add((byte)'{').Add(group);
        foreach (var total in totals)
            total.WriteTo(row);
        return row.Add((byte)'}').ToArray();
    }
}
