namespace LogScalePaging.Simulator.Query;

/// <summary>What follows a pipe.</summary>
internal abstract class Stage
{
    /// <summary>Whether the result is complete in itself, so that no buffer limits it.</summary>
    public virtual bool IsAggregate(SimulatorOptions options) => true;

    /// <summary>Whether it makes exactly one row of each row.</summary>
    public virtual bool IsRowByRow => false;

    /// <summary>Whether the rows are events, and the limit for aggregate rows is not for them.</summary>
    public virtual bool KeepsEvents => false;

    /// <summary>Whether it compares events, so that it must see the whole range before a part of it is cut out.</summary>
    public virtual bool RelatesEvents => false;

    public abstract Rows Apply(Rows rows, StageContext context);
}
