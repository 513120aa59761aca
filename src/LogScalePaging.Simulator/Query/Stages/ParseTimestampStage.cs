using LogScalePaging.Simulator.Query.RowSets;
namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>parseTimestamp(field=f)</c>: sets <c>@timestamp</c>, or the field of <c>as</c>, to the epoch milliseconds of another field. Only
/// whole numbers are read, for every format. The rows keep the order of the original times.
/// </summary>
internal sealed class ParseTimestampStage(string field, string target) : Stage
{
    private readonly AssignStage _assign = new(new Assignment(target, new Operand(null, field, null), null, false));

    public override bool IsRowByRow => true;

    public override bool KeepsEvents => true;

    public override bool IsAggregate(SimulatorOptions options) => false;

    public override Rows Apply(Rows rows, StageContext context) => _assign.Apply(rows, context);
}
