using System.Globalization;
using LogScalePaging.Simulator.Events;
using LogScalePaging.Simulator.Query.RowSets;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>field := a + b</c>, where a and b are whole numbers, fields, or <c>now()</c>, <c>start()</c> and <c>end()</c> of the job.
/// </summary>
internal sealed class AssignStage(Assignment assignment) : Stage
{
    private readonly byte[] _target = Utf8.Bytes(assignment.Field);

    public override bool KeepsEvents => true;

    public override bool IsRowByRow => true;

    public override bool IsAggregate(SimulatorOptions options) => false;

    public override Rows Apply(Rows rows, StageContext context)
    {
        var made = new byte[rows.Count][];
        for (var i = 0; i < made.Length; i++)
        {
            var json = rows.Json(i);
            var left = Value(assignment.Left, json, context);
            var right = assignment.Right is null ? 0 : Value(assignment.Right, json, context);
            made[i] = left is { } a && right is { } b ? Written(json, assignment.IsMinus ? a - b : a + b) : json.ToArray();
        }
        return new MadeRows(made);
    }

    private static long? Value(Operand operand, ReadOnlySpan<byte> json, StageContext context) => operand switch
    {
        { Number: { } number } => number,
        { Function: "now" } => context.NowMs,
        { Function: "start" } => context.Range.Start,
        { Function: "end" } => context.Range.End,
        _ => new StoredName(operand.Field!).TryRead(json, out var value) && value.TryInteger(out var read) ? read : null,
    };

    private byte[] Written(ReadOnlySpan<byte> json, long number)
    {
        var row = new ByteWriter();
        row.Add((byte)'{');
        var fields = new StoredFields(json);
        var isThere = false;
        while (fields.Next())
        {
            if (row.Length > 1)
                row.Add((byte)',');
            row.Add((byte)'"').Add(fields.Name.Raw).Add("\":"u8);
            if (fields.Name.Is(_target))
            {
                isThere = true;
                Add(row, fields.Value.IsString, number);
            }
            else if (fields.Value.IsString)
            {
                row.Add((byte)'"').Add(fields.Value.Raw).Add((byte)'"');
            }
            else
            {
                row.Add(fields.Value.Raw);
            }
        }
        if (!isThere)
        {
            if (row.Length > 1)
                row.Add((byte)',');
            row.AddString(assignment.Field).Add((byte)':');
            Add(row, isString: true, number);
        }
        return row.Add((byte)'}').ToArray();
    }

    // As servers send them: @timestamp is a number, and all other values are text.
    private static void Add(ByteWriter row, bool isString, long number)
    {
        if (isString)
            row.AddString(number.ToString(CultureInfo.InvariantCulture));
        else
            row.Add(number);
    }
}
