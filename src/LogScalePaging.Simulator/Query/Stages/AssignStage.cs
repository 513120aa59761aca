using System.Globalization;
using LogScalePaging.Simulator.Events;

namespace LogScalePaging.Simulator.Query.Stages;

/// <summary>
/// <c>target := source - 5</c>. An event whose source is no whole number stays as it is. The rows keep the order of the original
/// times, also where <c>@timestamp</c> is the target.
/// </summary>
internal sealed class AssignStage(string target, string source, long by) : Stage
{
    private readonly FieldName _target = new(target);
    private readonly FieldName _source = new(source);

    public override bool IsRowByRow => true;

    public override bool KeepsEvents => true;

    public override bool IsAggregate(SimulatorOptions options) => false;

    public override Rows Apply(Rows rows, StageContext context)
    {
        var made = new byte[rows.Count][];
        for (int i = 0; i < made.Length; i++)
        {
            ReadOnlySpan<byte> json = rows.Json(i);
            made[i] = _source.TryRead(json, out FieldValue value) && value.TryInteger(out long number)
                ? EventFields.With(json, _target, Value(_target.Name, number + by))
                : json.ToArray();
        }
        return new MadeRows(made);
    }

    /// <summary>A whole number as the server sends it: <c>@timestamp</c> as a number, all other fields as text.</summary>
    internal static byte[] Value(string field, long number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        return Utf8.Bytes(field == "@timestamp" ? text : "\"" + text + "\"");
    }
}
