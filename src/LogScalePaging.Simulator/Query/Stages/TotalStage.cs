using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>An aggregate function as a stage: one row.</summary>
internal sealed class TotalStage(Aggregate aggregate) : Stage
{
    public override Rows Apply(Rows rows, StageContext context)
    {
        context.FieldOrder = [aggregate.Name];
        var total = aggregate.Start();
        if (aggregate.CountsRows)
        {
            total.AddRows(rows.Count);
        }
        else
        {
            for (var i = 0; i < rows.Count; i++)
                total.Add(rows.Json(i));
        }
        var row = new ByteWriter();
        row.Add((byte)'{');
        total.WriteTo(row);
        return new MadeRows([row.Add((byte)'}').ToArray()]);
    }
}
