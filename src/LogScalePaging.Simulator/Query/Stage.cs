using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query;

/// <summary>A stage of a query, after a pipe.</summary>
internal abstract class Stage
{
    /// <summary>Whether the result is complete, so that no buffer limits it.</summary>
    public virtual bool IsAggregate(SimulatorOptions options) => true;

    /// <summary>Whether it returns exactly one row for each row.</summary>
    public virtual bool IsRowByRow => false;

    /// <summary>Whether the rows are events, so that the limit for aggregate rows does not apply.</summary>
    public virtual bool KeepsEvents => false;

    /// <summary>Whether it compares events, so that it needs the whole range before a part is cut out.</summary>
    public virtual bool RelatesEvents => false;

    public abstract Rows Apply(Rows rows, StageContext context);
}
