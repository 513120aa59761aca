using LogScalePaging.Simulator.Query.Filters;
using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>A filter after another stage.</summary>
internal sealed class FilterStage(Filter filter) : Stage
{
    public override bool KeepsEvents => true;

    public override bool IsAggregate(SimulatorOptions options) => false;

    public override Rows Apply(Rows rows, StageContext context)
    {
        var kept = new List<int>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (filter.Matches(rows.Filterable(i)))
                kept.Add(i);
        }
        return rows.Pick([.. kept]);
    }
}
