using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query.Stages;

/// <summary><c>sort(field, order=desc, limit=200)</c>.</summary>
internal sealed class SortStage(IReadOnlyList<string> fields, bool descending, int limit) : Stage
{
    public override bool KeepsEvents => true;

    public override Rows Apply(Rows rows, StageContext context)
    {
        // Sorting is stable, so the first field, which is the most important, is sorted last.
        foreach (var field in fields.Reverse())
            rows = RowOrder.By(rows, field, descending);
        return rows.Slice(0, limit);
    }
}
