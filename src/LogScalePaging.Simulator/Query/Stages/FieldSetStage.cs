using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary><c>fieldset()</c>: the names of all fields, one per row.</summary>
internal sealed class FieldSetStage : Stage
{
    public override Rows Apply(Rows rows, StageContext context)
    {
        context.FieldOrder = ["field"];
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            var fields = new StoredFields(rows.Json(i));
            while (fields.Next())
                names.Add(fields.Name.Text);
        }
        return new MadeRows([.. names.Select(n => new ByteWriter().Add("{\"field\":"u8).AddString(n).Add((byte)'}').ToArray())]);
    }
}
