using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>select([..])</c>: keeps the named fields and drops all others, even <c>@id</c> and <c>@timestamp</c>. The query is still a filter
/// query. <c>table([..])</c> does the same, but is an aggregate with its own limit.
/// </summary>
internal sealed class SelectStage(IReadOnlyList<string> fields, int? tableLimit) : Stage
{
    private readonly StoredName[] _fields = [.. fields.Select(f => new StoredName(f))];

    public override bool IsRowByRow => tableLimit is null;

    public override bool IsAggregate(SimulatorOptions options) => tableLimit is not null;

    public override Rows Apply(Rows rows, StageContext context)
    {
        context.FieldOrder = fields;
        var count = Math.Min(rows.Count, tableLimit ?? int.MaxValue);
        var made = new byte[count][];
        var row = new ByteWriter();
        for (var i = 0; i < count; i++)
        {
            var json = rows.Json(i);
            row.Clear();
            row.Add((byte)'{');
            foreach (var field in _fields)
            {
                if (!field.TryRead(json, out var value))
                    continue;
                if (row.Length > 1)
                    row.Add((byte)',');
                row.AddString(field.Name).Add((byte)':');
                if (value.IsString)
                    row.Add((byte)'"').Add(value.Raw).Add((byte)'"');
                else
                    row.Add(value.Raw);
            }
            made[i] = row.Add((byte)'}').ToArray();
        }
        return new MadeRows(made);
    }
}
