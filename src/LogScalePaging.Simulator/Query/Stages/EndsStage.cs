using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query.Stages;

/// <summary><c>tail(N)</c>, the newest events, or <c>head(N)</c>, the oldest.</summary>
internal sealed class EndsStage(int count, bool newest) : Stage
{
    public int Limit => count;

    public override bool KeepsEvents => true;

    public override bool IsAggregate(SimulatorOptions options) => options.TailIsAggregate;

    /// <summary>Only events are known to be sorted newest first. For other rows, the limit follows their order.</summary>
    public override Rows Apply(Rows rows, StageContext context)
    {
        var kept = newest ? rows.Slice(0, count) : rows.Slice(Math.Max(0, rows.Count - count), count);
        return context.Options.TailOrder == EventOrder.NewestFirst ? kept : kept.Reversed();
    }
}
